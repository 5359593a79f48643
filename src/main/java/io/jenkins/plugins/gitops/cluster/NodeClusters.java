package io.jenkins.plugins.gitops.cluster;

import hudson.init.Terminator;
import hudson.remoting.Channel;
import io.jenkins.plugins.gitops.engine.cluster.Cluster;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The connections of one JVM, the controller's or an agent's: runs against one cluster share theirs, with what was learnt of
 * the cluster. At most {@link #IDLE} unused ones are kept open, those used last.
 */
public final class NodeClusters {
    /** Each holds a connection pool and the discovery document. */
    static final int IDLE = 8;

    private static final NodeClusters INSTANCE = new NodeClusters();

    private final Map<ClusterAccess, Entry> entries = new HashMap<>();
    private final Set<Channel> channels = Collections.newSetFromMap(new WeakHashMap<>());
    private long uses;
    private int kept = IDLE;

    NodeClusters() {}

    /** That of this JVM. */
    public static NodeClusters get() {
        return INSTANCE;
    }

    private static final class Entry {
        private final Cluster cluster;
        private int users;
        private long lastUse;

        Entry(Cluster cluster) {
            this.cluster = cluster;
        }
    }

    /** A connection while it is in use; it stays open until it is closed, whatever happens to the registry. */
    public final class Lease implements AutoCloseable {
        private final Entry entry;
        private boolean closed;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        public Cluster cluster() {
            return entry.cluster;
        }

        @Override
        public void close() {
            synchronized (NodeClusters.this) {
                if (!closed) {
                    closed = true;
                    entry.users--;
                    closeIdle(kept);
                }
            }
        }
    }

    public synchronized Lease lease(ClusterAccess access) {
        Entry entry = entries.computeIfAbsent(access, any -> new Entry(any.connect()));
        entry.users++;
        entry.lastUse = ++uses;
        return new Lease(entry);
    }

    /**
     * Closes all when an agent loses its controller: a new channel loads this class anew, and nobody would know of these.
     * Those in use are closed when their users are done.
     */
    public void closeWith(Channel channel) {
        synchronized (channels) {
            if (!channels.add(channel)) {
                return;
            }
        }
        channel.addListener(new Channel.Listener() {
            @Override
            public void onClosed(Channel closed, IOException cause) {
                closeForGood();
            }
        });
    }

    /** Closes all of the controller's that are not in use when Jenkins ends. */
    @Terminator
    public static void closeUnused() {
        synchronized (INSTANCE) {
            INSTANCE.closeIdle(0);
        }
    }

    private synchronized void closeForGood() {
        kept = 0;
        closeIdle(0);
    }

    synchronized int size() {
        return entries.size();
    }

    private void closeIdle(int keep) {
        long idle = entries.values().stream().filter(entry -> entry.users == 0).count();
        while (idle > keep) {
            closeOldestIdle();
            idle--;
        }
    }

    private void closeOldestIdle() {
        Entry oldest = null;
        for (Entry entry : entries.values()) {
            if (entry.users == 0 && (oldest == null || entry.lastUse < oldest.lastUse)) {
                oldest = entry;
            }
        }
        for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
            if (all.next() == oldest) {
                all.remove();
                oldest.cluster.close();
                return;
            }
        }
    }
}
