package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import jenkins.model.Jenkins;

/** An item that is created from the configuration of another is another application: it may not share its objects. */
@Extension
public final class IdentityListener extends ItemListener {
    @Override
    public void onCreated(Item item) {
        if (item instanceof GitOpsApplication created && isTaken(created)) {
            created.renewIdentity();
        }
    }

    /** Also by an item that whoever created this one cannot see. */
    private static boolean isTaken(GitOpsApplication created) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (GitOpsApplication other : Jenkins.get().allItems(GitOpsApplication.class)) {
                if (other != created && other.getUuid().equals(created.getUuid())) {
                    return true;
                }
            }
        }
        return false;
    }
}
