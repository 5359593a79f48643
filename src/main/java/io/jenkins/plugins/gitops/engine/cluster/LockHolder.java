package io.jenkins.plugins.gitops.engine.cluster;

import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who holds a lock, as its Lease says: controller, host and process, and a mark of the sync. The machine is told by its boot and
 * its process namespace, so that a process of this very machine that is gone can be known to be gone: what was killed does not
 * keep the next sync waiting.
 */
record LockHolder(String controller, String host, long pid, String machine, String sync) {
    private static final Pattern TEXT =
            Pattern.compile("(?<controller>.*)_(?<host>[^_]*)_(?<pid>[0-9]+)@(?<machine>[0-9a-f]*)_(?<sync>[0-9a-f]+)");

    static LockHolder newOne(String controller) {
        return new LockHolder(
                controller,
                Optional.ofNullable(System.getenv("HOSTNAME")).orElse("host").replace('_', '-'),
                ProcessHandle.current().pid(),
                thisMachine(),
                UUID.randomUUID().toString().substring(0, 8));
    }

    /** Empty when another program wrote it. */
    static Optional<LockHolder> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new LockHolder(
                        found.group("controller"),
                        found.group("host"),
                        Long.parseLong(found.group("pid")),
                        found.group("machine"),
                        found.group("sync")))
                : Optional.empty();
    }

    /** Whether it was a process of this machine, and is no more. */
    boolean isKnownToBeDead() {
        return !machine.isEmpty()
                && machine.equals(thisMachine())
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Empty where there is no such thing to read, as on systems other than Linux. */
    private static String thisMachine() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"));
            String processes =
                    Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return HexFormat.of().formatHex(Sha256.of(boot + processes), 0, 6);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return controller + "_" + host + "_" + pid + "@" + machine + "_" + sync;
    }
}
