package io.jenkins.plugins.gitops.engine.importing;

/** An {@code AppProject} of Argo CD: there is nothing that it could become, so each of its fields is told what does its work. */
final class ArgoProject {
    private static final String CLUSTER = "a Jenkins administrator says it for each cluster, see docs/configuration.md";
    private static final String NONE = "projects have no counterpart";

    private static final String VERIFY =
            "write the trusted keys themselves (gpg --armor --export ID) into source.verify.keys, see docs/signatures.md";

    private ArgoProject() {}

    /** @param mapped its windows are in the files of its applications */
    static void tell(ForeignObject object, boolean mapped, Findings findings) {
        Fields root = Fields.of(object, findings);
        root.pass("apiVersion", "kind", "status");
        Metadata.read(root);
        Fields fields = root.block("spec");
        fields.note("description", NONE, "");
        fields.unmapped(
                "destinations", NONE, CLUSTER + ": allowedNamespaces, and allowedFolders for the cluster itself");
        fields.unmapped("clusterResourceWhitelist", NONE, CLUSTER + ": allowedKinds");
        fields.unmapped("namespaceResourceWhitelist", NONE, CLUSTER + ": allowedKinds");
        String denied = "kinds are allowed, not denied: allowedKinds lists those that may be used, and the role of the"
                + " cluster's credential bounds them";
        fields.unmapped("clusterResourceBlacklist", NONE, denied);
        fields.unmapped("namespaceResourceBlacklist", NONE, denied);
        fields.unmapped(
                "sourceRepos",
                NONE,
                "who may configure an item decides which repositories it reads; credentials of a folder bound what it can");
        fields.unmapped(
                "sourceNamespaces",
                NONE,
                "applications are items of Jenkins, or files; nothing is read from a cluster");
        fields.unmapped(
                "roles",
                NONE,
                "permissions of folders: Job/Read, GitOps/Sync, Job/Configure; tokens are API tokens of users");
        fields.unmapped(
                "destinationServiceAccounts",
                NONE,
                "give each cluster entry the credential of the service account that it shall act as");
        fields.pass("syncWindows");
        if (!mapped) {
            fields.unmapped(
                    "syncWindows",
                    "windows belong to applications, and none of this project is in the input",
                    "give the files of its Applications too, or write sync.windows by hand");
        }
        fields.unmapped("signatureKeys", NONE, VERIFY);
        fields.unmapped("sourceIntegrity", NONE, VERIFY);
        fields.unmapped(
                "orphanedResources",
                "objects that belong to no application are not looked for",
                "what an application made and Git has no longer, is reported as Extra");
        fields.unmapped("permitOnlyProjectScopedClusters", NONE, CLUSTER + ": allowedFolders");
        fields.finish();
        root.finish();
    }
}
