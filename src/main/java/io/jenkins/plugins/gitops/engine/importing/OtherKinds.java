package io.jenkins.plugins.gitops.engine.importing;

/** Objects that become no application and that none refers to, each told for what it is. */
final class OtherKinds {
    private OtherKinds() {}

    static void tell(ForeignObject object, Findings findings) {
        if (object.group().equals(FluxSources.GROUP)) {
            findings.note(object, "", "nothing in the input refers to it", "");
            return;
        }
        switch (object.group() + "/" + object.kind()) {
            case "argoproj.io/Application",
                    "argoproj.io/ApplicationSet",
                    "argoproj.io/AppProject",
                    "kustomize.toolkit.fluxcd.io/Kustomization",
                    "helm.toolkit.fluxcd.io/HelmRelease" -> {
                // Told by what maps them.
            }
            case "image.toolkit.fluxcd.io/ImageRepository",
                    "image.toolkit.fluxcd.io/ImagePolicy",
                    "image.toolkit.fluxcd.io/ImageUpdateAutomation" ->
                findings.unmapped(
                        object,
                        "",
                        "images are not updated by themselves",
                        "let a pipeline commit the new tag, for example with kustomize edit set image");
            case "notification.toolkit.fluxcd.io/Alert", "notification.toolkit.fluxcd.io/Provider" ->
                findings.unmapped(
                        object,
                        "",
                        "notifications are not sent by applications",
                        "in Jenkins use what a job has for it (e-mail, chat and other notifiers)");
            case "notification.toolkit.fluxcd.io/Receiver" ->
                findings.unmapped(
                        object,
                        "",
                        "webhooks are Jenkins's",
                        "let the forge call /git/notifyCommit, or its plugin's own webhook");
            default -> findings.note(object, "", "is no application of Argo CD or Flux; nothing is made of it", "");
        }
    }
}
