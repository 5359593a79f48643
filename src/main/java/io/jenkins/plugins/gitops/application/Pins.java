package io.jenkins.plugins.gitops.application;

import hudson.model.User;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.util.Optional;

/**
 * Where an application is held, kept beside config.xml: a copy is held nowhere, and a configuration that is pushed anew does not
 * let go. The pin's attempt is a build.
 */
final class Pins {
    private final JobFile file;

    Pins(GitOpsApplication application) {
        this.file = new JobFile(application::getRootDir, "gitops-pin.json");
    }

    /**
     * @return empty when the application follows Git
     * @throws IOException also when the file is damaged: not knowing is never taken for "not pinned"
     */
    Optional<Pin> pin() throws IOException {
        String json = file.read().orElse("");
        return json.isBlank() ? Optional.empty() : Optional.of(ReportJson.read(json, Pin.class));
    }

    /** Also empty when the file is damaged, which only un-pinning mends. */
    Optional<Pin> readable() {
        try {
            return pin();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is pinned, or nobody can tell. */
    boolean isPinned() {
        try {
            return pin().isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether it is pinned to what that build applied. */
    boolean isAt(int build) {
        return readable().filter(pin -> pin.attempt() == build).isPresent();
    }

    /** Replaces any pin before it. */
    void pin(Pin pin) throws IOException {
        file.write(ReportJson.pretty(pin) + "\n");
    }

    void unpin() throws IOException {
        file.write("");
    }

    /** Such as {@code Pinned to #12 by Alice: reason}. */
    static String words(Pin pin) {
        return pin.reason().isBlank()
                ? Messages.Pins_Pinned(pin.attempt(), name(pin))
                : Messages.Pins_PinnedWhy(pin.attempt(), name(pin), pin.reason());
    }

    private static String name(Pin pin) {
        User user = User.getById(pin.by(), false);
        return user == null ? pin.by() : user.getFullName();
    }
}
