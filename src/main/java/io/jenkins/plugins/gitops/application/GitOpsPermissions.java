package io.jenkins.plugins.gitops.application;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

/** What somebody may do to an application beside {@link Item}'s permissions. */
public final class GitOpsPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(GitOpsPermissions.class, Messages._GitOpsPermissions_Title());

    /** Sync now, check for drift, preview a sync. Whoever may build an item may do that. */
    public static final Permission SYNC =
            new Permission(GROUP, "Sync", Messages._GitOpsPermissions_Sync(), Item.BUILD, PermissionScope.ITEM);

    /** Roll back to an earlier sync. Whoever may configure an item may do that. */
    public static final Permission ROLLBACK = new Permission(
            GROUP, "Rollback", Messages._GitOpsPermissions_Rollback(), Item.CONFIGURE, PermissionScope.ITEM);

    private GitOpsPermissions() {}

    /** Permissions must exist before the authorization strategy is loaded. */
    @Initializer(before = InitMilestone.PLUGINS_PREPARED)
    public static void register() {
        // Loading the class registers them.
    }
}
