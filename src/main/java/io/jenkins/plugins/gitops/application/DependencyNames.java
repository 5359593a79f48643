package io.jenkins.plugins.gitops.application;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Lets dependencies mean the same applications after these, or folders, were renamed or moved. */
@Extension
public final class DependencyNames extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(DependencyNames.class.getName());

    @Override
    public void onLocationChanged(Item item, String before, String after) {
        for (GitOpsApplication application : Items.allItems2(ACL.SYSTEM2, Jenkins.get(), GitOpsApplication.class)) {
            DependencySettings settings = application.getDependsOn();
            DependencySettings followed =
                    settings.followed(application.getParent().getFullName(), before, after);
            if (followed == settings) {
                continue;
            }
            application.setDependsOn(followed);
            try {
                application.save();
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "cannot save that " + application.getFullName() + " depends on " + followed.getText());
            }
        }
    }
}
