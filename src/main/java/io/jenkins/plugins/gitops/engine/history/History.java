package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The history of one application in a folder of its own: every attempt with its reports, and the sets that syncs applied. Survives
 * a death at any moment: an attempt is there whole or not at all. Files that are torn, foreign or of a newer version are left
 * out with a warning, and left alone. Several processes may read and write at once.
 *
 * <p>Opening reads nothing; {@link #attempts()} reads as far as its stream is consumed.
 */
public final class History {
    private static final String PIN = "pin.json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Path attempts;
    private final RenderedSets sets;
    private final Retention retention;
    private final Clock clock;
    private final Consumer<String> warnings;

    /** @param warnings told each thing once */
    public History(Path folder, HistoryKey key, Retention retention, Clock clock, Consumer<String> warnings) {
        this.folder = folder;
        this.attempts = folder.resolve("attempts");
        Set<String> told = ConcurrentHashMap.newKeySet();
        this.warnings = warning -> {
            if (told.add(warning)) {
                warnings.accept(warning);
            }
        };
        this.sets = new RenderedSets(folder.resolve("sets"), key, this.warnings);
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Records an attempt, and forgets those that the retention no longer keeps. A check that found what the check before it
     * found is counted there.
     *
     * @param draft its id and set are given here
     * @param wanted the set that was, or was to be, applied; empty when it is not to be kept
     * @return the attempt as it is recorded
     * @throws IOException when it cannot be recorded; then all stands as before
     */
    public Attempt record(Attempt draft, Reports reports, List<Manifest> wanted) throws IOException {
        try (ProcessLock lock = lock()) {
            SafeFiles.sweep(attempts);
            Optional<Attempt> last = attempts().findFirst();
            if (last.isPresent() && last.get().isRepeatedBy(draft)) {
                Attempt again = last.get().seenAgain(draft.time());
                AttemptFile.write(attempts, again, reports);
                return again;
            }
            String set = wanted.isEmpty() ? "" : sets.keep(wanted);
            Attempt attempt = draft.recorded(nextId(), set);
            AttemptFile.write(attempts, attempt, reports);
            forget();
            return attempt;
        }
    }

    /** The newest first; read while the stream is consumed. */
    public Stream<Attempt> attempts() throws IOException {
        return IntStream.of(ids()).boxed().flatMap(id -> read(id).stream());
    }

    /** Those that were recorded later, the oldest first. */
    List<Attempt> attemptsAfter(int id) throws IOException {
        return IntStream.of(ids())
                .filter(later -> later > id)
                .sorted()
                .boxed()
                .flatMap(later -> read(later).stream())
                .toList();
    }

    /** @return empty when there is no such attempt, or it cannot be read (which is a warning) */
    public Optional<Attempt> attempt(int id) {
        return Files.exists(AttemptFile.of(attempts, id)) ? read(id) : Optional.empty();
    }

    /** @throws DamagedException when they cannot be read */
    public Reports reports(Attempt attempt) throws IOException {
        return AttemptFile.reports(AttemptFile.of(attempts, attempt.id()));
    }

    /**
     * What the attempt wanted, Secrets decrypted.
     *
     * @throws DamagedException when it was not kept, is torn, or was encrypted with another key
     */
    public List<Manifest> wanted(Attempt attempt) throws IOException {
        return wanted(attempt.set());
    }

    /** The set of a {@link Pin}, as {@link #wanted(Attempt)}. */
    public List<Manifest> wanted(String set) throws IOException {
        if (set.isEmpty()) {
            throw new DamagedException("the objects of that attempt were not kept");
        }
        return sets.read(set);
    }

    /** What runs, as far as this history knows: the last attempt that succeeded in applying a whole set. */
    public Optional<Attempt> lastSynced() throws IOException {
        return attempts().filter(Attempt::isRestorable).findFirst();
    }

    public Optional<Pin> pin() throws IOException {
        Path file = folder.resolve(PIN);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReportJson.read(Files.readString(file), Pin.class));
        } catch (JsonProcessingException e) {
            // Never taken for "not pinned": a sync would overwrite what somebody wanted to stay.
            throw new DamagedException(file + " is damaged: pin or un-pin the application again");
        }
    }

    /** Replaces any pin before it. */
    public void pin(Pin pin) throws IOException {
        try (ProcessLock lock = lock()) {
            SafeFiles.sweep(folder);
            SafeFiles.write(folder.resolve(PIN), (ReportJson.pretty(pin) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @return whether it was pinned */
    public boolean unpin() throws IOException {
        try (ProcessLock lock = lock()) {
            boolean pinned = Files.deleteIfExists(folder.resolve(PIN));
            if (pinned) {
                SafeFiles.force(folder);
            }
            return pinned;
        }
    }

    /** Who did what, whatever attempts were forgotten since. */
    public AuditLog audit() {
        return new AuditLog(folder, warnings);
    }

    private ProcessLock lock() throws IOException {
        try {
            return ProcessLock.of(folder.resolve("lock"), PATIENCE)
                    .orElseThrow(() -> new IOException("another process has been writing to " + folder + " for 30 s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another process was writing to " + folder);
        }
    }

    private void forget() throws IOException {
        Instant oldest = clock.instant().minus(retention.age());
        if (nothingToForget(oldest)) {
            return;
        }
        List<Attempt> all = attempts().toList();
        Set<Integer> always = Stream.concat(
                        all.stream().filter(Attempt::isRestorable).limit(1).map(Attempt::id),
                        pin().stream().map(Pin::attempt))
                .collect(Collectors.toSet());
        List<Attempt> kept = new ArrayList<>();
        boolean forgot = false;
        for (Attempt attempt : all) {
            boolean keep = kept.isEmpty()
                    || always.contains(attempt.id())
                    || kept.size() < retention.attempts() && !attempt.lastTime().isBefore(oldest);
            if (keep) {
                kept.add(attempt);
            } else {
                Files.deleteIfExists(AttemptFile.of(attempts, attempt.id()));
                forgot = true;
            }
        }
        if (forgot) {
            // After the attempts, and forced: dying in between leaves a set too many, never an attempt without its set.
            SafeFiles.force(attempts);
            sets.retain(Stream.concat(
                            kept.stream().map(Attempt::set), pin().stream().map(Pin::set))
                    .filter(set -> !set.isEmpty())
                    .collect(Collectors.toSet()));
        }
    }

    /** Known by the count and by the oldest file, so that recording does not read all of a long history. */
    private boolean nothingToForget(Instant oldest) throws IOException {
        int[] ids = ids();
        Optional<Attempt> first = ids.length == 0 ? Optional.empty() : read(ids[ids.length - 1]);
        return ids.length <= retention.attempts()
                && first.filter(attempt -> !attempt.lastTime().isBefore(oldest)).isPresent();
    }

    /** Counts the files that cannot be read too: their ids are taken. */
    private int nextId() throws IOException {
        int[] ids = ids();
        return ids.length == 0 ? 1 : ids[0] + 1;
    }

    /** The newest first. */
    private int[] ids() throws IOException {
        int[] ids = Stream.of(SafeFiles.names(attempts))
                .mapToInt(AttemptFile::id)
                .filter(id -> id > 0)
                .sorted()
                .toArray();
        return IntStream.range(0, ids.length).map(i -> ids[ids.length - 1 - i]).toArray();
    }

    private Optional<Attempt> read(int id) {
        Path file = AttemptFile.of(attempts, id);
        try {
            return Optional.of(AttemptFile.attempt(file));
        } catch (DamagedException e) {
            warnings.accept(e.getMessage() + "; it was left out");
        } catch (IOException e) {
            // Another process may have forgotten it since the folder was listed.
            if (Files.exists(file)) {
                warnings.accept(file + " cannot be read and was left out: " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
