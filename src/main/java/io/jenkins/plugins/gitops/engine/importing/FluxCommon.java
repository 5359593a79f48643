package io.jenkins.plugins.gitops.engine.importing;

import io.jenkins.plugins.gitops.engine.importing.Draft.Dependency;
import io.jenkins.plugins.gitops.engine.report.ImportReport.HostSettings;
import java.util.ArrayList;
import java.util.List;

/** What a Kustomization and a HelmRelease of Flux have in common. */
final class FluxCommon {
    private FluxCommon() {}

    /** @param target the namespace that the objects are to go to; empty for the object's own */
    static Form destination(ImportOptions options, ForeignObject object, Fields fields, String target) {
        String namespace = target.isEmpty() ? object.namespace() : target;
        if (namespace.isEmpty()) {
            fields.noteHere(
                    "neither targetNamespace nor metadata.namespace is given; " + options.namespace() + " is taken",
                    "give --namespace NS for another one, or import what kustomize build prints");
        }
        fields.unmapped(
                "serviceAccountName",
                "a service account is not impersonated",
                "give the host a credential of that service account: in Jenkins the cluster's, on the command line the"
                        + " kubeconfig's");
        return new Form()
                .text("cluster", new Destinations(options).ofFlux(fields.block("kubeConfig")))
                .text("namespace", namespace.isEmpty() ? options.namespace() : namespace);
    }

    /** @param heal whether drift is undone */
    static HostSettings host(Fields fields, boolean heal) {
        boolean suspended = fields.flag("suspend");
        fields.unmapped(
                "suspend",
                "Flux leaves it alone for now",
                "do not watch it; in Jenkins disable the item, or gitops pin holds it at what was synced last");
        String interval = fields.text("interval").orElse(null);
        fields.note(
                "interval",
                "how often it is looked at is up to gitops watch --interval, or the triggers of the item in Jenkins; drift"
                        + " is seen within seconds by watch",
                "set it there");
        return new HostSettings(!suspended, heal, suspended, interval);
    }

    static List<Dependency> dependencies(ForeignObject object, Fields fields) {
        List<Dependency> dependencies = new ArrayList<>();
        for (Fields item : fields.blocks("dependsOn")) {
            item.unmapped(
                    "readyExpr",
                    "an application is ready when it is in sync with its newest revision, and healthy",
                    "make what the expression asks for a health rule, under health.rules of that application");
            dependencies.add(new Dependency(
                    item.text("namespace").orElse(object.namespace()),
                    item.text("name").orElse(""),
                    item));
            item.finish();
        }
        return dependencies;
    }

    static void noteOnPrune(Fields fields) {
        fields.note(
                "prune",
                "CustomResourceDefinitions and Namespaces are not pruned, and PersistentVolumeClaims only when they are"
                        + " confirmed",
                "set sync.pruneCustomResourceDefinitions or sync.pruneNamespaces if they shall be");
    }
}
