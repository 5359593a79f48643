package io.jenkins.plugins.gitops.application;

import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.reconcile.WantedSet;
import java.io.IOException;
import java.util.Optional;

/**
 * What a check compares with where the last synced commit is not what is wanted: the set at which the application is pinned, or
 * that was rolled back to last, for Git need not have its commit any more.
 *
 * @param pin null when it is pinned no longer
 */
record HeldSet(Pin pin, String revision, WantedSet set) {
    /** @throws IOException when it is pinned, and what it is held at cannot be read */
    static Optional<HeldSet> of(GitOpsApplication application) throws IOException {
        AppliedSets sets = new AppliedSets(application);
        Optional<Pin> pin = new Pins(application).pin();
        if (pin.isPresent()) {
            return Optional.of(new HeldSet(
                    pin.get(),
                    pin.get().revision(),
                    WantedSet.of(sets.read(pin.get().set()))));
        }
        GitOpsRun last = application.getLastSyncedRun();
        if (last == null || last.getAction(RollbackRequest.class) == null) {
            return Optional.empty();
        }
        Optional<String> set = sets.of(last);
        return set.isEmpty()
                ? Optional.empty()
                : Optional.of(new HeldSet(null, last.getRevision(), WantedSet.of(sets.read(set.get()))));
    }

    boolean isPinned() {
        return pin != null;
    }
}
