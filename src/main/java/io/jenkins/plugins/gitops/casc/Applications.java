package io.jenkins.plugins.gitops.casc;

import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.ApplicationsAsCode;
import java.io.IOException;
import java.util.List;

/** What the root entry {@code gitOps} holds. */
public final class Applications {
    public List<ApplicationDefinition> getApplications() {
        return ApplicationsAsCode.get().all();
    }

    /** Makes and configures them; deletes none. */
    public void setApplications(List<ApplicationDefinition> applications) throws IOException {
        ApplicationsAsCode.get().apply(applications);
    }
}
