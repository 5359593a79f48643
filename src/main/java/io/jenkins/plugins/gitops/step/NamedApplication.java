package io.jenkins.plugins.gitops.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.application.Identities;
import io.jenkins.plugins.gitops.engine.model.NearestName;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds the application that a step names, as the current user sees it. */
final class NamedApplication {
    private NamedApplication() {}

    /**
     * @param name absolute, or relative to the pipeline's folder
     * @throws AbortException when there is no such item, or it is something else; it says which was probably meant
     */
    static GitOpsApplication find(String name, Item pipeline) throws AbortException {
        Item item = Jenkins.get().getItem(name, pipeline);
        if (item instanceof GitOpsApplication application) {
            return application;
        }
        throw new AbortException(
                item == null
                        ? missing(name, pipeline)
                        : Messages.NamedApplication_Other(
                                name, item.getFullName(), ((hudson.model.AbstractItem) item).getPronoun()));
    }

    /** One that was found before, also when it was renamed or moved since; null when it is gone. */
    @CheckForNull
    static GitOpsApplication again(String fullName, @CheckForNull String uuid) {
        GitOpsApplication there = Jenkins.get().getItemByFullName(fullName, GitOpsApplication.class);
        if (uuid == null || there != null && there.getUuid().equals(uuid)) {
            return there;
        }
        return Identities.find(uuid).orElse(null);
    }

    /** Why {@link #find} would throw; empty when it would not. */
    static Optional<String> problem(String name, Item pipeline) {
        try {
            find(name, pipeline);
            return Optional.empty();
        } catch (AbortException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String missing(String name, Item pipeline) {
        List<String> names = Jenkins.get().getAllItems(GitOpsApplication.class).stream()
                .map(application -> relative(application, pipeline))
                .toList();
        String place = pipeline == null ? "Jenkins" : pipeline.getFullName();
        return NearestName.of(name, names)
                .map(near -> Messages.NamedApplication_Near(name, place, near))
                .orElseGet(() -> Messages.NamedApplication_Missing(name, place));
    }

    /** As a script of the pipeline would write it. */
    private static String relative(GitOpsApplication application, Item pipeline) {
        return pipeline == null ? application.getFullName() : application.getRelativeNameFrom(pipeline.getParent());
    }
}
