package io.jenkins.plugins.gitops.engine.importing;

import io.jenkins.plugins.gitops.engine.importing.ArgoWindows.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@code Application} of Argo CD. */
final class ArgoApplication {
    static final String GROUP = "argoproj.io";
    private static final List<String> CONTROLLER = List.of("argocd", "argo-cd", "openshift-gitops");

    private final ImportOptions options;
    private final ArgoWindows windows;
    private final Findings findings;

    ArgoApplication(ImportOptions options, ArgoWindows windows, Findings findings) {
        this.options = options;
        this.windows = windows;
        this.findings = findings;
    }

    /** Empty when there is no source to render; then it is told why. */
    Optional<Draft> map(ForeignObject object) {
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        root.note("operation", "is a sync under way, not a setting", "");
        String name = Metadata.read(root);
        Fields fields = root.block("spec");
        Form destination = new Destinations(options).ofArgo(fields.block("destination"));
        List<Form> sources = sources(fields, variables(fields, name, destination));
        ArgoSync sync = new ArgoSync(fields.block("syncPolicy"));
        Form spec = new Form();
        if (sources.size() == 1 && !sources.get(0).has("ref")) {
            spec.block("source", sources.get(0));
        } else {
            spec.blocks("sources", sources);
        }
        spec.block("destination", destination)
                .block("sync", sync.map().blocks("windows", windows(fields, name, destination)))
                .block("compare", new Form().blocks("ignore", ignore(fields, sync)));
        project(fields);
        parent(fields, destination);
        fields.note("info", "is shown by nobody here; put it into the item's description", "");
        fields.note(
                "revisionHistoryLimit",
                "how much history is kept is not said by the application",
                "see docs/history.md; in Jenkins a build discarder says it");
        fields.finish();
        root.finish();
        boolean complete = !sources.isEmpty() && sources.stream().allMatch(source -> source.has("repository"));
        return complete ? Optional.of(new Draft(object, name, spec.node(), sync.host())) : Optional.empty();
    }

    private List<Form> windows(Fields fields, String name, Form destination) {
        Fields target = fields.block("destination");
        List<String> clusters = new ArrayList<>();
        target.text("name").ifPresent(clusters::add);
        target.text("server").ifPresent(clusters::add);
        Place place = new Place(name, destination.node().path("namespace").asText(), clusters);
        return windows.of(fields.text("project").orElse("default"), place);
    }

    private static Map<String, String> variables(Fields fields, String name, Form destination) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("ARGOCD_APP_NAME", name);
        variables.put(
                "ARGOCD_APP_NAMESPACE", destination.node().path("namespace").asText());
        variables.put("ARGOCD_APP_PROJECT_NAME", fields.text("project").orElse(""));
        return variables;
    }

    /** As in Argo CD, {@code sources} win over {@code source}. */
    private List<Form> sources(Fields fields, Map<String, String> variables) {
        List<Form> sources = new ArrayList<>();
        for (Fields source : fields.blocks("sources")) {
            sources.add(new ArgoSource(source, variables).map());
        }
        if (!sources.isEmpty()) {
            fields.note("source", "has no effect beside sources, in Argo CD either", "");
            fields.note("sourceHydrator", "has no effect beside sources", "");
        } else if (fields.has("source")) {
            sources.add(new ArgoSource(fields.block("source"), variables).map());
            if (sources.get(0).has("ref")) {
                sources.get(0).node().remove("ref");
                fields.block("source").note("ref", "has no meaning for a single source, in Argo CD either", "");
            }
        } else if (fields.has("sourceHydrator")) {
            Fields hydrator = fields.block("sourceHydrator");
            sources.add(new ArgoSource(hydrator.block("drySource"), variables).map());
            String why = "nothing is written to a branch before it is synced; the dry source is rendered instead";
            String toDo = "read what it renders to with gitops render and plan, or let a pipeline commit it";
            hydrator.unmapped("syncSource", why, toDo).unmapped("hydrateTo", why, toDo);
            hydrator.finish();
        } else {
            fields.unmappedHere("has no source, so there is nothing to render", "add one");
        }
        return sources;
    }

    private static List<Form> ignore(Fields fields, ArgoSync sync) {
        List<Form> rules = new ArrayList<>();
        for (Fields rule : fields.blocks("ignoreDifferences")) {
            // Without a group Argo CD means the core group, we mean any.
            String group = rule.text("group").orElse("");
            Form form = new Form()
                    .text("kind", rule.text("kind").filter(kind -> !kind.equals("*")))
                    .text("namespace", rule.text("namespace"))
                    .text("name", rule.text("name"));
            if (!group.equals("*")) {
                form.node().put("group", group);
            }
            form.texts("jsonPointers", rule.texts("jsonPointers"))
                    .texts("jqPathExpressions", rule.texts("jqPathExpressions"))
                    .texts("managedFieldsManagers", rule.texts("managedFieldsManagers"));
            rule.finish();
            rules.add(form);
        }
        if (!rules.isEmpty() && !sync.respectsIgnored()) {
            fields.note(
                    "ignoreDifferences",
                    "Argo CD still overwrites ignored fields when it syncs, for lack of RespectIgnoreDifferences=true;"
                            + " here they are never overwritten once the object exists",
                    "");
        }
        return rules;
    }

    private static void project(Fields fields) {
        fields.note(
                "project",
                "there are no projects",
                "which namespaces, kinds and clusters an application may use, a Jenkins administrator says for each"
                        + " cluster; folders hold the permissions");
    }

    private static void parent(Fields fields, Form destination) {
        String namespace = destination.node().path("namespace").asText();
        if (CONTROLLER.contains(namespace)) {
            fields.block("destination")
                    .note(
                            "namespace",
                            "is Argo CD's own: if this is an app of apps, what it renders are Applications, which mean"
                                    + " something to Argo CD alone",
                            "import the Applications in its source too, and leave this one out");
        }
    }
}
