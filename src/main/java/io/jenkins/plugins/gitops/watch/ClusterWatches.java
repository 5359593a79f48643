package io.jenkins.plugins.gitops.watch;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Terminator;
import hudson.model.Items;
import hudson.model.PeriodicWork;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gitops.application.GitOpsApplication;
import io.jenkins.plugins.gitops.cluster.ClusterDefinition;
import io.jenkins.plugins.gitops.cluster.GitOpsConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/**
 * The watches on clusters that ask for one and that an application goes to: one for each, whatever the number of applications. Every
 * few seconds it looks whether those that there are are those that should be; what an administrator changes is followed by that.
 */
@Extension
public final class ClusterWatches extends PeriodicWork {
    private final Map<String, SupervisedWatch> watches = new TreeMap<>();

    static ClusterWatches get() {
        return ExtensionList.lookupSingleton(ClusterWatches.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofSeconds(5).toMillis();
    }

    @Override
    public long getInitialDelay() {
        return Duration.ofSeconds(1).toMillis();
    }

    @Override
    protected void doRun() {
        if (Jenkins.get().getInitLevel() == InitMilestone.COMPLETED
                && !Jenkins.get().isTerminating()) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                adjust(wanted());
            }
        }
    }

    private synchronized void adjust(Map<String, SupervisedWatch.Wanted> wanted) {
        watches.values().removeIf(watch -> {
            boolean outdated = !watch.wanted().equals(wanted.get(watch.wanted().cluster()));
            if (outdated) {
                watch.stop();
            }
            return outdated;
        });
        wanted.forEach((cluster, needs) -> watches.computeIfAbsent(cluster, any -> SupervisedWatch.start(needs)));
    }

    private Map<String, SupervisedWatch.Wanted> wanted() {
        Map<String, List<GitOpsApplication>> users = new HashMap<>();
        for (GitOpsApplication application : Items.allItems2(ACL.SYSTEM2, Jenkins.get(), GitOpsApplication.class)) {
            users.computeIfAbsent(application.getClusterName(), any -> new ArrayList<>())
                    .add(application);
        }
        Map<String, SupervisedWatch.Wanted> wanted = new HashMap<>();
        for (ClusterDefinition cluster : GitOpsConfiguration.get().getClusters()) {
            List<GitOpsApplication> its = users.getOrDefault(cluster.getName(), List.of()).stream()
                    .filter(cluster::isUsableBy)
                    .filter(application -> !application.isDisabled())
                    .toList();
            if (cluster.isWatched() && !its.isEmpty()) {
                String user = its.stream()
                        .map(GitOpsApplication::getFullName)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                wanted.put(
                        cluster.getName(),
                        new SupervisedWatch.Wanted(
                                cluster.getName(), Jenkins.XSTREAM2.toXML(cluster), user, namespaces(cluster, its)));
            }
        }
        return wanted;
    }

    /** Where it watches when it may not watch everywhere. */
    private static TreeSet<String> namespaces(ClusterDefinition cluster, List<GitOpsApplication> users) {
        TreeSet<String> namespaces =
                new TreeSet<>(cluster.getAllowedNamespaces().list());
        for (GitOpsApplication application : users) {
            namespaces.add(application.destinationNamespace());
        }
        namespaces.removeIf(name -> name.isEmpty() || name.contains("*") || name.contains("?"));
        return namespaces;
    }

    /** Those that there are, by the names of their clusters. */
    synchronized List<WatchState> states() {
        return watches.values().stream().map(SupervisedWatch::state).toList();
    }

    @Terminator
    public static void stopAll() {
        get().adjust(Map.of());
    }
}
