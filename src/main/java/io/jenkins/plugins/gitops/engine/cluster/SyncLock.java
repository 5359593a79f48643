package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.ClusterException;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SPARE_TIMEOUT = Duration.ofMillis(1500);

    private final Cluster cluster;
    private final Cluster guarded;
    private final ApplySet parent;
    private final boolean on;
    private final Times times;
    private final Observer observer;
    private final String holder;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread renewer;
    private volatile ObjectNode lease;
    private volatile String freed;
    private volatile boolean released;
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

    /** Is told what a sync waits for, and what the next one will have to wait for. */
    public interface Observer {
        /** An earlier sync of this controller is waited for, at most until its lock ends. */
        void awaiting(String holder, Instant until);

        /** This lock could not be released, so it ends then, by itself. */
        void left(String why, Instant until);
    }

    /** @param on whether there is to be a Lease; without one everything is as if it were held */
    public SyncLock(Cluster cluster, ApplySet parent, boolean on, Times times, Observer observer) {
        this.cluster = cluster;
        this.guarded = cluster.guarded(this::requireHeld);
        this.parent = parent;
        this.on = on;
        this.times = times;
        this.observer = observer;
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
            hold(
                    found.isPresent()
                            ? cluster.objects().replace(LEASE, wanted, ObjectApi.Write.FOR_GOOD)
                            : cluster.objects().create(LEASE, wanted, ObjectApi.Write.FOR_GOOD));
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

    /** From now on this is the Lease; what releases it is written down at once, for there may be no class left to write it with. */
    private void hold(ObjectNode held) {
        lease = held;
        freed = freed(held).toString();
    }

    private static ObjectNode freed(ObjectNode held) {
        ObjectNode free = held.deepCopy();
        free.withObject("/spec").remove("holderIdentity");
        return free;
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
        first.filter(hold -> hold.isOf(parent.owner().controller()))
                .ifPresent(hold -> observer.awaiting(hold.holder(), hold.until()));
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
            hold(cluster.objects().replace(LEASE, renewed, ObjectApi.Write.FOR_GOOD));
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
                hold(now.get());
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
        try {
            cluster.objects().replace(LEASE, freed(lease), ObjectApi.Write.FOR_GOOD);
            released = true;
        } catch (ApiException | ClusterException e) {
            // Whoever closes the lock goes the other way.
            return;
        }
    }

    /** What the renewer could not do in time, done without anything that it may be waiting for. */
    private void releaseBySpare() {
        String why;
        try {
            int status = cluster.spare()
                    .put(ObjectApi.pathToReplace(LEASE, lease, ObjectApi.Write.FOR_GOOD), freed, SPARE_TIMEOUT);
            if (status < 300 || status == 404 || status == 409) {
                // It is gone, or was changed since: the renewer's release arrived after all, or it is another's by now.
                released = true;
                return;
            }
            why = "the server answered " + status;
        } catch (IOException e) {
            why = e.toString();
        }
        observer.left(
                where() + " could not be released: " + why, LeaseHold.of(lease).until());
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

    /**
     * Waits a moment for the server to take the release, also on a thread that is interrupted; at most some seconds, whatever the
     * connection does.
     */
    @Override
    public void close() {
        if (ended.getCount() == 0) {
            return;
        }
        ended.countDown();
        boolean interrupted = Thread.interrupted();
        try {
            if (renewer != null) {
                renewer.join(RELEASE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (renewer != null && !released && lost.isEmpty()) {
            releaseBySpare();
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
