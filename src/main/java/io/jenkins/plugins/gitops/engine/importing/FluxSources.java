package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The source objects of Flux that applications refer to. What they say is told once, however many refer to one. */
final class FluxSources {
    static final String GROUP = "source.toolkit.fluxcd.io";
    private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final String CREDENTIALS =
            "a credential of the SCM or of helm in Jenkins; on the command line ~/.netrc, ~/.ssh, helm's own login";

    private final ForeignObjects objects;
    private final Findings findings;
    private final List<ForeignObject> taken = new ArrayList<>();

    FluxSources(ForeignObjects objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
    }

    /**
     * A reference to a source, read.
     *
     * @param kind of the source
     */
    record Reference(Fields fields, String kind, String name, String namespace) {
        static Reference read(Fields fields, ForeignObject owner) {
            Reference reference = new Reference(
                    fields,
                    fields.text("kind").orElse(""),
                    fields.text("name").orElse(""),
                    fields.text("namespace").orElse(owner.namespace()));
            fields.pass("apiVersion");
            fields.finish();
            return reference;
        }
    }

    /** Begins with another application. */
    void begin() {
        taken.clear();
    }

    /** The sources that were found for the application. */
    List<ForeignObject> taken() {
        return List.copyOf(taken);
    }

    /** The object of a reference; when it is not in the input it is told. */
    Optional<ForeignObject> find(Reference reference) {
        if (reference.kind().isEmpty() || reference.name().isEmpty()) {
            reference
                    .fields()
                    .unmappedHere(
                            "names no source, so there is nothing to render; this looks like a patch of an overlay",
                            "import what kustomize build prints for the overlay");
            return Optional.empty();
        }
        Optional<ForeignObject> found = objects.find(GROUP, reference.kind(), reference.namespace(), reference.name());
        if (found.isEmpty()) {
            String name =
                    reference.namespace().isEmpty() ? reference.name() : reference.namespace() + "/" + reference.name();
            reference
                    .fields()
                    .unmappedHere(
                            "the " + reference.kind() + " " + name
                                    + " is not in the input, so it is not known where the" + " manifests are",
                            "give its file too");
        }
        found.ifPresent(taken::add);
        return found;
    }

    /** Git: the repository, the revision and who must have signed it. */
    Form git(ForeignObject object) {
        Fields fields = spec(object);
        Form form = new Form().text("repository", fields.text("url"));
        form.text("revision", GitRevision.read(fields.block("ref")));
        new GitSignatures(objects)
                .keys(object, fields.block("verify"))
                .ifPresent(keys -> form.block("verify", new Form().texts("keys", keys)));
        connection(fields);
        fields.unmapped(
                "ignore",
                "no files are left out for the whole repository",
                "name what a kustomization needs; or leave files out with source.exclude of a plain source");
        fields.unmapped(
                "include", "repositories are not put into each other", "make each a source of its own, under sources");
        fields.unmapped(
                "recurseSubmodules", "submodules are not fetched", "make each a source of its own, under sources");
        fields.note("sparseCheckout", "a commit is fetched whole, and only what an application reads is read", "");
        fields.finish();
        return form;
    }

    /** A chart repository. */
    Form helm(ForeignObject object) {
        Fields fields = spec(object);
        Form form = new Form().text("repository", fields.text("url"));
        fields.pass("type");
        connection(fields);
        fields.unmapped(
                "passCredentials",
                "a credential of a chart repository goes to that repository only",
                "where its charts lie on another host, use helm repo add --pass-credentials, or an OCI repository");
        fields.unmapped("insecure", "registries are asked over https only", "serve it over https");
        fields.note("accessFrom", "who may use a repository is a matter of its credentials", "");
        fields.finish();
        return form;
    }

    /** A chart in a registry: repository, chart and revision. */
    Form chartOfRegistry(ForeignObject object) {
        Fields fields = spec(object);
        String url = fields.text("url").orElse("");
        int slash = url.lastIndexOf('/');
        Form form = new Form();
        if (url.matches("oci://[^/]+/.+")) {
            form.text("repository", url.substring(0, slash)).text("chart", url.substring(slash + 1));
        } else {
            fields.unmapped("url", "is not oci://registry/path/chart", "correct it");
        }
        form.text("revision", version(fields.block("ref")));
        layer(fields.block("layerSelector"));
        fields.unmapped("verify", "signatures of charts are not checked", "let the registry accept signed ones only");
        fields.unmapped("ignore", "a chart is taken whole", "");
        fields.unmapped("insecure", "registries are asked over https only", "serve it over https");
        connection(fields);
        fields.finish();
        return form;
    }

    private static String version(Fields reference) {
        Optional<String> digest = reference.text("digest");
        Optional<String> range = reference.text("semver");
        Optional<String> tag = reference.text("tag");
        reference.unmapped(
                "digest",
                "a chart is named by its version, not by a digest; the digest is written, and helm finds no such version",
                "write the version instead");
        reference.unmapped(
                "semverFilter", "versions are not filtered", "write a range that does without, or the version");
        String beaten = "has no effect beside what names the version more exactly, in Flux either";
        if (digest.isPresent()) {
            reference.note("semver", beaten, "");
        }
        if (digest.isPresent() || range.isPresent()) {
            reference.note("tag", beaten, "");
        } else if (tag.isEmpty()) {
            reference.noteHere("Flux takes the tag latest; here it is the newest version", "write the version");
        }
        reference.finish();
        return digest.or(() -> range)
                .or(() -> tag.filter(text -> !text.equals("latest")))
                .orElse("");
    }

    private static void layer(Fields selector) {
        if (selector.text("mediaType").filter(CHART::equals).isEmpty()) {
            selector.unmapped("mediaType", "only the layer of the chart itself is taken", "");
        }
        selector.pass("operation");
        selector.finish();
    }

    /** Sources that cannot be one of ours. */
    void refuse(Reference reference) {
        String what =
                switch (reference.kind()) {
                    case "Bucket" -> "manifests and charts are not taken from a bucket";
                    case "OCIRepository" -> "manifests are not taken from an OCI registry, only charts";
                    default -> "a source of this kind is not known";
                };
        reference.fields().unmapped("kind", what, "use the Git repository that it is filled from");
        find(reference).ifPresent(object -> findings.note(object, "", what, ""));
    }

    private void connection(Fields fields) {
        fields.note(
                "interval", "how often a source is asked is up to gitops watch --interval, or Poll SCM in Jenkins", "");
        fields.note("timeout", "how long a source may take to answer is not said by the application", "");
        fields.note("secretRef", "credentials are not read from the cluster", "give them to the host: " + CREDENTIALS);
        fields.note("certSecretRef", "certificates are not read from the cluster", "trust the authority on the host");
        fields.unmapped("proxySecretRef", "a proxy is not said by the application", "let the host know its proxy");
        fields.note(
                "serviceAccountName",
                "credentials are not read from the cluster",
                "give them to the host: " + CREDENTIALS);
        if (fields.text("provider").filter("generic"::equals).isEmpty()) {
            fields.unmapped(
                    "provider",
                    "the identity of a cloud's workload is not used",
                    "give the host a credential: " + CREDENTIALS);
        }
        fields.unmapped("suspend", "Flux keeps what it fetched last", "write the commit or version as the revision");
    }

    private Fields spec(ForeignObject object) {
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        Metadata.read(root);
        Fields fields = root.block("spec");
        root.finish();
        return fields;
    }
}
