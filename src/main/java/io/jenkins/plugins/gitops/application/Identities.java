package io.jenkins.plugins.gitops.application;

import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds applications by what survives rename and move. */
public final class Identities {
    private Identities() {}

    /** The application with that UUID, of those that whoever asks may see. */
    public static Optional<GitOpsApplication> find(String uuid) {
        for (GitOpsApplication application : Jenkins.get().allItems(GitOpsApplication.class)) {
            if (uuid.equals(application.getUuid())) {
                return Optional.of(application);
            }
        }
        return Optional.empty();
    }
}
