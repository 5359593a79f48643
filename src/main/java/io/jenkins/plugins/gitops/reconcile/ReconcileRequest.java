package io.jenkins.plugins.gitops.reconcile;

import io.jenkins.plugins.gitops.cluster.ClusterAccess;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What a node is to do with a checkout. It holds secrets: made for one run, never stored.
 *
 * @param revision full commit id of the checkout, or empty
 * @param controllerId names this Jenkins in inventories; another one's applications are refused
 * @param objects those that it is about, and those that are approved
 * @param deletion how the application is deleted instead of synced; null when it is not, see {@link #deleting}
 * @param tools what renders it, of those that are configured
 * @param inputs what rendering gets besides the checkout
 * @param restored what is wanted instead of what the checkout says; null when that decides, see {@link #restoring}
 * @param renderOnly whether nothing is compared, see {@link #rendering}
 * @param refresh whether nothing that the node keeps between runs is used, see {@link #refreshing}
 * @param observationsJson what the last outcome of this application brought back; null or empty at first
 */
public record ReconcileRequest(
        ReconcileMode mode,
        Application application,
        ClusterAccess access,
        String revision,
        String controllerId,
        NamedObjects objects,
        DeletionRequest deletion,
        ToolChoice tools,
        HostValues inputs,
        WantedSet restored,
        boolean renderOnly,
        boolean refresh,
        String observationsJson)
        implements Serializable {
    /** One for everything, with whatever tools there are. */
    public ReconcileRequest(
            ReconcileMode mode,
            Application application,
            ClusterAccess access,
            String revision,
            String controllerId,
            String observationsJson) {
        this(
                mode,
                application,
                access,
                revision,
                controllerId,
                NamedObjects.NONE,
                null,
                ToolChoice.ANY,
                HostValues.NONE,
                null,
                false,
                false,
                observationsJson);
    }

    /** The same for an application that goes. */
    public ReconcileRequest deleting(DeletionRequest how) {
        return with(copy -> copy.deletion = how);
    }

    /** The same with a set of an earlier sync: the checkout is not read. */
    public ReconcileRequest restoring(WantedSet set) {
        return with(copy -> copy.restored = set);
    }

    /** The same, of which only the rendered set is wanted. */
    public ReconcileRequest rendering() {
        return with(copy -> copy.renderOnly = true);
    }

    /** The same without anything that the node keeps between runs: what it rendered, and what it knows of the cluster. */
    public ReconcileRequest refreshing() {
        return with(copy -> copy.refresh = true);
    }

    /** The same, rendered with an application's own tools and values. */
    public ReconcileRequest rendered(ToolChoice with, HostValues values) {
        return with(copy -> {
            copy.tools = with;
            copy.inputs = values;
        });
    }

    private ReconcileRequest with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.made();
    }

    /** The checkouts of the sources, which are one: what a chart repository has needs none. */
    SourceTree tree(Path checkout) {
        SourceTree one = new SourceTree(checkout, revision);
        return SourceTree.of(
                application.source().all().stream().map(source -> one).toList());
    }

    /** Takes all that is secret out of a text. */
    UnaryOperator<String> mask() {
        UnaryOperator<String> ofCluster = access.mask();
        UnaryOperator<String> ofRendering = inputs.mask();
        return text -> ofRendering.apply(ofCluster.apply(text));
    }

    Optional<WantedSet> toRestore() {
        return Optional.ofNullable(restored);
    }

    Optional<DeletionRequest> toDelete() {
        return Optional.ofNullable(deletion);
    }

    /** All components, to be changed before the next one is made of them. */
    private static final class Copy {
        private ReconcileMode mode;
        private Application application;
        private ClusterAccess access;
        private String revision;
        private String controllerId;
        private NamedObjects objects;
        private DeletionRequest deletion;
        private ToolChoice tools;
        private HostValues inputs;
        private WantedSet restored;
        private boolean renderOnly;
        private boolean refresh;
        private String observationsJson;

        Copy(ReconcileRequest from) {
            mode = from.mode;
            application = from.application;
            access = from.access;
            revision = from.revision;
            controllerId = from.controllerId;
            objects = from.objects;
            deletion = from.deletion;
            tools = from.tools;
            inputs = from.inputs;
            restored = from.restored;
            renderOnly = from.renderOnly;
            refresh = from.refresh;
            observationsJson = from.observationsJson;
        }

        ReconcileRequest made() {
            return new ReconcileRequest(
                    mode,
                    application,
                    access,
                    revision,
                    controllerId,
                    objects,
                    deletion,
                    tools,
                    inputs,
                    restored,
                    renderOnly,
                    refresh,
                    observationsJson);
        }
    }
}
