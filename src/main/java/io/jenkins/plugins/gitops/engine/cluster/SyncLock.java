package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One sync at a time per application, across controllers: a {@code coordination.k8s.io/v1} Lease beside the inventory's parent,
 * of the same name (SEMANTICS 7 and 12). Held from {@link #acquire} to {@link #close}; renewed by a thread of its own. Everything
 * that is written meanwhile goes through {@link #cluster}, which sends no write that the lock no longer covers.
 *
 * <p>Times in the Lease are the API server's, so that two controllers whose clocks differ agree on when it ends.
 */
public final class SyncLock implements AutoCloseable {
    private static final ApiResource LEASE = new ApiResource("coordination.k8s.io", "v1", "Lease", "leases", true);
    private static final int TRIES_AGAINST_OTHERS = 3;
    private static final int LOOKS_PER_RENEWAL = 10;
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Cluster guarded;
    private final ApplySet parent;
    private final boolean on;
    private final Times times;
    private final Consumer<LeaseHold> waiting;
    private final String holder;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread renewer;
    private volatile ObjectNode lease;
    private volatile long renewedAt;
    private volatile String lost = "";

    /**
     * How long what holds (SEMANTICS 12).
     *
     * @param duration after which a Lease that nobody renewed may be taken over; whole seconds
     * @param renewal pause between two renewals
     * @param lastWrite how long after the last renewal a write may still begin: it must end before {@code duration} has
     */
    public record Times(Duration duration, Duration renewal, Duration lastWrite) {
        public static final Times DEFAULT =
                new Times(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(25));
    }

    /**
     * @param on whether there is to be a Lease; without one everything is as if it were held
     * @param waiting is told that an earlier sync of this controller is waited for: who holds the lock, and until when
     */
    public SyncLock(Cluster cluster, ApplySet parent, boolean on, Times times, BiConsumer<String, Instant> waiting) {
        this.cluster = cluster;
        this.guarded = cluster.guarded(this::requireHeld);
        this.parent = parent;
        this.on = on;
        this.times = times;
        this.waiting = hold -> waiting.accept(hold.holder(), hold.until());
        this.holder = LockHolder.newOne(parent.owner().controller()).toString();
    }

    /** Through which everything is written that the lock covers. */
    public Cluster cluster() {
        return guarded;
    }

    /**
     * Takes the lock; does nothing when it is held already. Waits for one that a sync of this controller left behind, at most
     * until it ends by itself.
     *
     * @return false when its namespace does not exist yet: to be asked again as soon as that stands
     * @throws RefusedException when another holds it, or it may not be written
     */
    public boolean acquire() {
        if (isHeld()) {
            return true;
        }
        try {
            for (int attempt = 1; attempt <= TRIES_AGAINST_OTHERS; attempt++) {
                try {
                    return take();
                } catch (ApiException e) {
                    if (e.status().code() != 409) {
                        throw e;
                    }
                }
            }
        } catch (ApiException e) {
            if (e.status().unauthorized()) {
                throw new RefusedException(where() + " cannot be taken: " + e.getMessage()
                        + "; let this user get, create and update leases of coordination.k8s.io there, or, when nothing"
                        + " else syncs this application, go without the lock (--no-lock, or lock: false under sync)");
            }
            throw ClusterException.of(
                    where() + " cannot be taken: " + e.getMessage(),
                    e,
                    e.status().retryable());
        }
        throw new RefusedException(where() + " is being taken by others at this moment; try again");
    }

    /** Whether it is taken, or not wanted. */
    public boolean isHeld() {
        return !on || lease != null;
    }

    /** One try; 409 when another was faster. */
    private boolean take() {
        Optional<ObjectNode> found = free();
        long start = System.nanoTime();
        try {
            ObjectNode wanted = found.map(ObjectNode::deepCopy).orElseGet(this::unheld);
            ObjectNode spec = wanted.withObject("/spec");
            int transitions = spec.path("leaseTransitions").asInt(0);
            spec.put("holderIdentity", holder)
                    .put("leaseDurationSeconds", (int) times.duration().toSeconds())
                    .put("acquireTime", micro(cluster.now()))
                    .put("renewTime", micro(cluster.now()))
                    .put("leaseTransitions", found.isPresent() ? transitions + 1 : 0);
            lease = found.isPresent()
                    ? cluster.objects().replace(LEASE, wanted, ObjectApi.Write.FOR_GOOD)
                    : cluster.objects().create(LEASE, wanted, ObjectApi.Write.FOR_GOOD);
        } catch (ApiException e) {
            if (e.status().notFound() && found.isEmpty()) {
                return false;
            }
            throw e;
        }
        renewedAt = start;
        renewer = Thread.ofVirtual().name("lease " + parent.name()).start(this::keep);
        return true;
    }

    /**
     * The Lease once it may be taken, or none. A holder of this same controller is waited for: it ends in this moment, or was
     * cut off (an agent that was lost, a controller that was killed) and nobody renews it any more.
     *
     * @throws RefusedException when another controller holds it, or it is renewed while it is waited for
     */
    private Optional<ObjectNode> free() {
        Optional<ObjectNode> found = read();
        Optional<LeaseHold> first = held(found);
        first.filter(hold -> hold.isOf(parent.owner().controller())).ifPresent(waiting);
        Optional<LeaseHold> now = first;
        while (now.isPresent()) {
            if (!now.equals(first) || !now.get().isOf(parent.owner().controller())) {
                throw refused(now.get());
            }
            pause();
            found = read();
            now = held(found);
        }
        return found;
    }

    private Optional<ObjectNode> read() {
        return cluster.objects().get(LEASE, parent.namespace(), parent.name());
    }

    private Optional<LeaseHold> held(Optional<ObjectNode> found) {
        return found.map(LeaseHold::of).filter(hold -> hold.isInForce(cluster.now()));
    }

    private RefusedException refused(LeaseHold hold) {
        return new RefusedException("the application is being synced by " + hold.holder() + ", whose lock (" + where()
                + ") holds until " + hold.until().truncatedTo(ChronoUnit.SECONDS)
                + " unless it is renewed; try again when that sync has ended");
    }

    private void pause() {
        try {
            Thread.sleep(times.renewal().dividedBy(LOOKS_PER_RENEWAL));
        } catch (InterruptedException e) {
            throw new CancelledException();
        }
    }

    private ObjectNode unheld() {
        ObjectNode fresh = JsonNodeFactory.instance.objectNode();
        fresh.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        ObjectNode metadata = fresh.putObject("metadata");
        metadata.put("name", parent.name()).put("namespace", parent.namespace());
        metadata.putObject("labels").put(ApplySet.UUID, parent.owner().uuid());
        return fresh;
    }

    /** @throws ClusterException when a write that began now might outlive the lock */
    private void requireHeld() {
        if (!on || lease == null) {
            // Before there is a lock only that is written which it needs: its namespace, and what stands in no
            // namespace.
            return;
        }
        if (!lost.isEmpty()) {
            throw new ClusterException(lost);
        }
        Duration age = Duration.ofNanos(System.nanoTime() - renewedAt);
        if (age.compareTo(times.lastWrite()) >= 0) {
            throw new ClusterException(where() + " could not be renewed for " + age.toSeconds()
                    + " s, so another controller may sync this application by now: stopped before the next write");
        }
    }

    /** The renewer's life. It releases the lock as well, so that an interrupt of the sync cannot keep it from being released. */
    private void keep() {
        Duration pause = times.renewal();
        try {
            while (lost.isEmpty() && !ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = renew() ? times.renewal() : times.renewal().dividedBy(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lost.isEmpty()) {
            release();
        }
    }

    /** False when it did not work this time. */
    private boolean renew() {
        long start = System.nanoTime();
        ObjectNode renewed = lease.deepCopy();
        renewed.withObject("/spec").put("renewTime", micro(cluster.now()));
        try {
            lease = cluster.objects().replace(LEASE, renewed, ObjectApi.Write.FOR_GOOD);
            renewedAt = start;
            return true;
        } catch (ApiException e) {
            if (e.status().code() == 409 || e.status().notFound()) {
                lookWhoHolds();
            }
            return false;
        } catch (ClusterException e) {
            // No answer: until the last write that this covers there is time to try again.
            return false;
        }
    }

    /** Somebody changed the Lease: it is lost unless it still names this holder. */
    private void lookWhoHolds() {
        try {
            Optional<ObjectNode> now = read();
            String other = now.map(found -> LeaseHold.of(found).holder()).orElse("");
            if (now.isPresent() && other.equals(holder)) {
                lease = now.get();
            } else {
                lost = where() + " was " + (other.isEmpty() ? "taken away" : "taken over by " + other)
                        + " while this sync ran: stopped before the next write";
            }
        } catch (ApiException | ClusterException e) {
            // The next renewal looks again, and without any the lock ends by itself.
            return;
        }
    }

    private void release() {
        ObjectNode free = lease.deepCopy();
        free.withObject("/spec").remove("holderIdentity");
        try {
            cluster.objects().replace(LEASE, free, ObjectApi.Write.FOR_GOOD);
        } catch (ApiException | ClusterException e) {
            // Whoever comes next waits until it ends by itself.
            return;
        }
    }

    /** Releases the lock, and deletes the Lease: for an application that is gone. */
    public void closeAndForget() {
        close();
        if (on && lease != null && lost.isEmpty()) {
            cluster.objects()
                    .delete(
                            LEASE,
                            parent.namespace(),
                            parent.name(),
                            lease.path("metadata").path("uid").asText());
        }
    }

    /** Waits a moment for the server to take the release, also on a thread that is interrupted. */
    @Override
    public void close() {
        ended.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            if (renewer != null) {
                renewer.join(RELEASE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String where() {
        return "Lease " + parent.namespace() + "/" + parent.name();
    }

    /** A MicroTime of the API: six digits, always. */
    private static String micro(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MICROS).toString();
        String seconds = text.substring(0, 19);
        String fraction = text.length() > 20 ? text.substring(20, text.length() - 1) : "";
        return seconds + "." + (fraction + "000000").substring(0, 6) + "Z";
    }
}
