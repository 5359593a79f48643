package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.gitops.engine.history.Pin;
import io.jenkins.plugins.gitops.engine.history.RenderedSets;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The sets that an application's syncs applied, so that each can be applied again when Git no longer has it (SEMANTICS 10). A build
 * notes the name of its set; the objects themselves are kept once, beside the builds. What no build, and no pin, names any more
 * goes with the next set that is kept.
 *
 * <p>Only builds write here, and builds of one application never run at the same time.
 */
public final class AppliedSets {
    private static final Logger LOGGER = Logger.getLogger(AppliedSets.class.getName());
    private static final String NOTE = "gitops/set";

    private final GitOpsApplication application;
    private final JobFile unused;

    public AppliedSets(GitOpsApplication application) {
        this.application = application;
        this.unused = new JobFile(application::getRootDir, "gitops/sets-unused");
    }

    /** Keeps what a build applied. */
    void keep(GitOpsRun run, List<Manifest> set) throws IOException {
        forgetUnused();
        note(run, store().keep(set));
    }

    /** Notes that a build applied a set that is kept already. */
    void note(GitOpsRun run, String set) throws IOException {
        note(run.getRootDir()).write(set);
    }

    /** The name of the set that a build applied; empty when it applied none, or it is not kept. */
    Optional<String> of(GitOpsRun run) throws IOException {
        return note(run.getRootDir()).read();
    }

    /** The set of the last sync that succeeded; empty when it is not kept, as by a version that kept none. */
    Optional<String> last() throws IOException {
        GitOpsRun last = application.getLastSyncedRun();
        return last == null ? Optional.empty() : of(last);
    }

    /**
     * @throws IOException for people: the set is gone or damaged, or its Secrets were encrypted by another Jenkins
     */
    public List<Manifest> read(String set) throws IOException {
        return store().read(set);
    }

    private RenderedSets store() throws IOException {
        return new RenderedSets(
                application.getRootDir().toPath().resolve("gitops/sets"),
                new HistorySecret().key(),
                warning -> LOGGER.log(Level.WARNING, "{0}: {1}", new Object[] {application.getFullName(), warning}));
    }

    private static JobFile note(File build) {
        return new JobFile(() -> build, NOTE);
    }

    private void forgetUnused() throws IOException {
        if (unused.read().orElse("").isEmpty()) {
            return;
        }
        Set<String> used = new HashSet<>();
        new Pins(application).pin().map(Pin::set).ifPresent(used::add);
        for (Path build : builds()) {
            note(build.toFile()).read().ifPresent(used::add);
        }
        store().retain(used);
        unused.write("");
    }

    /** The folders of all builds, without loading one. */
    private List<Path> builds() throws IOException {
        try (Stream<Path> folders = Files.list(application.getBuildDir().toPath())) {
            return folders.filter(folder -> name(folder).chars().allMatch(Character::isDigit))
                    .toList();
        }
    }

    private static String name(Path folder) {
        Path last = folder.getFileName();
        return last == null ? "" : last.toString();
    }

    /** Notes that there may be sets that nobody needs. */
    @Extension
    public static final class Deleted extends RunListener<GitOpsRun> {
        @Override
        public void onDeleted(@CheckForNull GitOpsRun run) {
            if (run == null) {
                return;
            }
            AppliedSets sets = new AppliedSets(run.getParent());
            try {
                if (sets.of(run).isPresent() && run.getParent().getRootDir().isDirectory()) {
                    sets.unused.write("since #" + run.getNumber());
                }
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the objects of " + run + " may be kept longer than needed");
            }
        }
    }
}
