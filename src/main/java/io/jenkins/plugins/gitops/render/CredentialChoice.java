package io.jenkins.plugins.gitops.render;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;

/** The credentials that a form offers: those that builds of the item will find. */
final class CredentialChoice {
    private final Item item;
    private final String chosen;

    CredentialChoice(@CheckForNull Item item, @CheckForNull String chosen) {
        this.item = item;
        this.chosen = chosen == null ? "" : chosen;
    }

    /** Whoever may not configure the item sees only what is chosen. */
    <T extends StandardCredentials> ListBoxModel of(Class<T> type, CredentialsMatcher matcher) {
        StandardListBoxModel model = new StandardListBoxModel();
        model.includeEmptyValue();
        boolean mayChoose = item != null
                && (item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM));
        if (mayChoose) {
            model.includeMatchingAs(ACL.SYSTEM2, item, type, List.of(), matcher);
        }
        return model.includeCurrentValue(chosen);
    }
}
