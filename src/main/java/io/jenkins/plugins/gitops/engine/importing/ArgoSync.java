package io.jenkins.plugins.gitops.engine.importing;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import java.util.ArrayList;
import java.util.List;

/** {@code syncPolicy} of Argo CD. */
final class ArgoSync {
    private static final String RESPECT = "RespectIgnoreDifferences";
    private static final int MOST_RETRIES = 100;
    private static final int LARGEST_FACTOR = 10;

    private final Fields fields;
    private final List<String> written;
    private boolean automatic;
    private boolean heal;

    ArgoSync(Fields fields) {
        this.fields = fields;
        this.written = fields.texts("syncOptions");
    }

    Form map() {
        Form sync = new Form();
        automated(sync);
        sync.texts("options", options()).block("retry", retry(fields.block("retry")));
        fields.unmapped(
                "managedNamespaceMetadata",
                "labels and annotations of the namespace are declared in Git like any other object's",
                "add the Namespace with them to the manifests; it is made before what it holds");
        fields.finish();
        return sync;
    }

    /** Whether a sync leaves ignored fields alone in Argo CD too. */
    boolean respectsIgnored() {
        return written.stream().anyMatch((RESPECT + "=true")::equals);
    }

    /** Known once it was mapped. */
    HostSettings host() {
        return new HostSettings(automatic, heal, false, null);
    }

    private void automated(Form sync) {
        Fields automated = fields.block("automated");
        automatic = fields.isWritten("automated") && automated.choice("enabled").orElse(true);
        heal = automatic && automated.flag("selfHeal");
        sync.flag("prune", automated.flag("prune")).flag("allowEmpty", automated.flag("allowEmpty"));
        if (automated.flag("prune")) {
            automated.note(
                    "prune",
                    "CustomResourceDefinitions and Namespaces are not pruned, and PersistentVolumeClaims only when they"
                            + " are confirmed",
                    "set sync.pruneCustomResourceDefinitions or sync.pruneNamespaces if they shall be");
        }
        sync.text("drift", heal ? "heal" : "");
        if (!automatic) {
            automated.note("selfHeal", "nothing is synced automatically, so nothing is healed, in Argo CD either", "");
        }
        automated.note("enabled", "is what gitops watch and an item's triggers do", "");
        if (!automatic) {
            fields.noteHere(
                    "nothing is synced automatically",
                    "sync it with gitops sync, or switch \"Sync whenever a trigger fires\" off in Jenkins");
        }
        automated.finish();
    }

    private List<String> options() {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String option = written.get(i).strip();
            if (option.equals(RESPECT + "=false")) {
                fields.note("syncOptions", i, "ignored fields are never overwritten once the object exists", "");
            } else if (option.startsWith("ClientSideApplyMigration=")) {
                fields.note(
                        "syncOptions",
                        i,
                        "fields that kubectl apply wrote are always taken over, so that none stays for ever",
                        "");
            } else if (ObjectOptions.of(List.of(option)).unknown().isEmpty()) {
                options.add(option);
            } else {
                fields.unmapped(
                        "syncOptions", i, "is no sync option here", "see docs/sync.md for those that there are");
            }
        }
        return options;
    }

    private static Form retry(Fields retry) {
        Form form = new Form();
        retry.integer("limit").ifPresent(limit -> {
            boolean allowed = limit >= 0 && limit <= MOST_RETRIES;
            form.set("limit", IntNode.valueOf(allowed ? limit : MOST_RETRIES));
            if (!allowed) {
                retry.note(
                        "limit",
                        "retries have an end here; " + MOST_RETRIES + " is written",
                        "gitops watch, and the next trigger in Jenkins, try again too");
            }
        });
        Fields backoff = retry.block("backoff");
        Form pauses = new Form()
                .text("duration", backoff.text("duration").map(ArgoSync::duration))
                .text("maxDuration", backoff.text("maxDuration").map(ArgoSync::duration));
        backoff.integer("factor").ifPresent(factor -> {
            boolean allowed = factor >= 1 && factor <= LARGEST_FACTOR;
            pauses.set("factor", IntNode.valueOf(allowed ? factor : factor < 1 ? 1 : LARGEST_FACTOR));
            if (!allowed) {
                backoff.unmapped("factor", "must be from 1 to " + LARGEST_FACTOR + " here", "");
            }
        });
        backoff.finish();
        retry.note("refresh", "a newer revision always takes the place of a sync that is tried again", "");
        retry.finish();
        return form.block("backoff", pauses);
    }

    /** A number alone means seconds. */
    private static String duration(String text) {
        return text.matches("\\d+(\\.\\d+)?") ? text + "s" : text;
    }
}
