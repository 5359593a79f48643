package io.jenkins.plugins.gitops.engine.importing;

import java.util.List;
import java.util.Optional;

/**
 * The metadata of an application of Argo CD or Flux: its name, and what people hang on it. What the API server wrote into it
 * is passed over.
 */
final class Metadata {
    private static final String LATER = "nobody here reads it; keep it in your own notes if somebody needs it";

    /** What is known of an annotation: by its key, or by the beginning of it. */
    private record Known(String key, boolean matters, String why, String toDo) {}

    /** Passed over: written by the servers and their tools. */
    private static final List<String> SERVERS = List.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "argocd.argoproj.io/refresh",
            "argocd.argoproj.io/refresh-",
            "argocd.argoproj.io/hydrate",
            "argocd.argoproj.io/hydrate-",
            "argocd.argoproj.io/tracking-id",
            "argocd.argoproj.io/instance",
            "argocd.argoproj.io/application-set-",
            "reconcile.fluxcd.io/",
            "kustomize.toolkit.fluxcd.io/name",
            "kustomize.toolkit.fluxcd.io/namespace",
            "kustomize.toolkit.fluxcd.io/checksum");

    private static final List<Known> ANNOTATIONS = List.of(
            new Known(
                    "notifications.argoproj.io/",
                    true,
                    "notifications are not sent by the application",
                    "in Jenkins use what a job has for it (e-mail, chat and other notifiers); the command line ends with"
                            + " an exit code, and watch prints events"),
            new Known(
                    "argocd-image-updater.argoproj.io/",
                    true,
                    "images are not updated by themselves",
                    "let a pipeline commit the new tag, for example with kustomize edit set image"),
            new Known(
                    "argocd.argoproj.io/sync-wave",
                    true,
                    "it orders this application among the children of another one",
                    "applications are not synced by another application here; put them in order in the pipeline or jobs"
                            + " that sync them"),
            new Known(
                    "argocd.argoproj.io/hook",
                    true,
                    "an application is no hook of another one here",
                    "sync it from a pipeline at the right moment"),
            new Known(
                    "argocd.argoproj.io/sync-options",
                    true,
                    "it says how a parent application treats this one",
                    "there are no parents here; what it says about Prune and Delete is up to whoever removes it"),
            new Known(
                    "argocd.argoproj.io/compare-options",
                    true,
                    "options for all objects of an application are not supported",
                    "write the annotation on the objects; IgnoreExtraneous is honoured there"),
            new Known(
                    "argocd.argoproj.io/skip-reconcile",
                    true,
                    "Argo CD leaves this application alone",
                    "do not watch it, or disable the item in Jenkins"),
            new Known(
                    "argocd.argoproj.io/client-side-apply-migration-manager",
                    true,
                    "only the fields of kubectl's client-side apply are migrated",
                    "fields of another manager stay with it until somebody takes them out of managedFields"),
            new Known(
                    "argocd.argoproj.io/manifest-generate-paths",
                    false,
                    "is not needed: what a rendering reads is found out, and a commit that touches none of it costs no"
                            + " rendering",
                    ""),
            new Known("argocd.argoproj.io/managed-by-url", false, "there is no link to an Argo CD any more", ""),
            new Known("argocd.argoproj.io/ignore-", false, "belongs to Argo CD's pages", ""),
            new Known(
                    "link.argocd.argoproj.io/", false, "links are not shown; put them into the item's description", ""),
            new Known("notice.argocd.argoproj.io/", false, "put it into the item's description in Jenkins", ""),
            new Known("pref.argocd.argoproj.io/", false, "belongs to Argo CD's pages", ""),
            new Known(
                    "kustomize.toolkit.fluxcd.io/",
                    true,
                    "it says how a parent Kustomization treats this object",
                    "there are no parents here; decide it where the application is synced"));

    private final Fields fields;

    private Metadata(Fields fields) {
        this.fields = fields;
    }

    /** The name; empty when there is none. */
    static String read(Fields root) {
        Metadata metadata = new Metadata(root.block("metadata"));
        return metadata.read();
    }

    private String read() {
        String name = fields.text("name").orElse("");
        annotations(fields.block("annotations"));
        labels(fields.block("labels"));
        finalizers();
        fields.pass(
                "namespace", "uid", "generation", "resourceVersion", "creationTimestamp", "managedFields", "selfLink");
        fields.pass("ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds");
        fields.finish();
        return name;
    }

    private void annotations(Fields annotations) {
        for (String key : annotations.names()) {
            Optional<Known> known = ANNOTATIONS.stream()
                    .filter(candidate -> matches(candidate.key(), key))
                    .findFirst();
            if (SERVERS.stream().anyMatch(server -> matches(server, key))) {
                annotations.pass(key);
            } else if (known.isPresent() && known.get().matters()) {
                annotations.unmapped(key, known.get().why(), known.get().toDo());
            } else {
                annotations.note(
                        key,
                        known.map(Known::why).orElse("annotations of an application are not kept"),
                        known.map(Known::toDo).orElse(LATER));
            }
        }
    }

    private void labels(Fields labels) {
        for (String key : labels.names()) {
            if (SERVERS.stream().anyMatch(server -> matches(server, key))) {
                labels.pass(key);
            } else {
                labels.note(key, "labels of an application are not kept", "folders and views group items in Jenkins");
            }
        }
    }

    private void finalizers() {
        List<String> finalizers = fields.texts("finalizers");
        for (int i = 0; i < finalizers.size(); i++) {
            if (finalizers.get(i).startsWith("resources-finalizer.argocd.argoproj.io")) {
                fields.note(
                        "finalizers",
                        i,
                        "removing the application file deletes nothing here",
                        "gitops delete, and deleting the item in Jenkins with its objects, do what the finalizer did");
            } else if (!finalizers.get(i).equals("finalizers.fluxcd.io")) {
                fields.note("finalizers", i, "an application file has no finalizers", "");
            }
        }
    }

    private static boolean matches(String known, String key) {
        return known.endsWith("/") || known.endsWith("-") ? key.startsWith(known) : key.equals(known);
    }
}
