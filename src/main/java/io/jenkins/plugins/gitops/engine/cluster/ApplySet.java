package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.Annotations;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.GroupKind;
import io.jenkins.plugins.gitops.engine.model.RefusedException;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The inventory's parent (KEP-3659 ApplySet): a ConfigMap that says which kinds in which namespaces an application has
 * objects of, and whose id the members carry as a label.
 *
 * <p>The parent is named after the application at its first sync, and keeps that name when the application is renamed: the id
 * is made of it, and another one would mean to write every member. It is found again by the UUID, which it carries as a label.
 *
 * @param groupKinds the kinds that members may have
 * @param namespaces where members may be, without the parent's own namespace
 * @param hooks what is known of the application's hooks, which are no members
 */
public record ApplySet(
        String name,
        String namespace,
        Owner owner,
        SortedSet<GroupKind> groupKinds,
        SortedSet<String> namespaces,
        HookRecord hooks) {
    public static final String PART_OF = "applyset.kubernetes.io/part-of";
    public static final String ID = "applyset.kubernetes.io/id";
    static final String TOOLING = "applyset.kubernetes.io/tooling";
    static final String GROUP_KINDS = "applyset.kubernetes.io/contains-group-kinds";
    static final String NAMESPACES = "applyset.kubernetes.io/additional-namespaces";
    static final String TOOL = "jenkins-gitops/v1";
    static final String APPLICATION = Annotations.OWN + "application";
    static final String UUID = Annotations.OWN + "application-uuid";
    static final String CONTROLLER = Annotations.OWN + "controller";

    /**
     * Whose inventory it is. The UUID decides; the name is for people.
     *
     * @param controller which installation reconciles the application
     */
    public record Owner(String application, String uuid, String controller) {}

    public ApplySet {
        groupKinds = Collections.unmodifiableSortedSet(new TreeSet<>(groupKinds));
        namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    }

    /** The inventory that an application has before it ever wrote anything. */
    public static ApplySet empty(Application application, String controller) {
        String uuid = application.uuid().toString();
        return new ApplySet(
                nameFor(application.name(), uuid),
                application.destination().namespace(),
                new Owner(application.name(), uuid, controller),
                new TreeSet<>(),
                new TreeSet<>(),
                HookRecord.NONE);
    }

    /** {@code applyset-<base64url(sha256(name.namespace.kind.group))>-v1}, as KEP-3659 computes it. */
    public String id() {
        return idOf(name, namespace);
    }

    static String idOf(String name, String namespace) {
        byte[] digest = Sha256.of(name + "." + namespace + ".ConfigMap.");
        return "applyset-" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + "-v1";
    }

    /** This inventory as recorded by a live parent. The owner stays the one that asks. */
    ApplySet recordedBy(JsonNode parent) {
        JsonNode annotations = parent.path("metadata").path("annotations");
        return new ApplySet(
                name,
                namespace,
                owner,
                split(annotations.path(GROUP_KINDS))
                        .map(GroupKind::parse)
                        .collect(Collectors.toCollection(TreeSet::new)),
                split(annotations.path(NAMESPACES)).collect(Collectors.toCollection(TreeSet::new)),
                HookRecord.of(annotations));
    }

    /** @throws RefusedException when the live parent records another application, controller or tool */
    void requireOwnedBy(JsonNode parent) {
        String recorded = owner(parent).map(Owner::uuid).orElse("");
        String where = "ConfigMap " + namespace + "/" + name;
        if (!recorded.equals(owner.uuid())) {
            throw new RefusedException(where + " is the inventory of "
                    + (recorded.isEmpty() ? "no application known here" : "another application (uuid " + recorded + ")")
                    + "; rename this one, or sync with adopt to take it over");
        }
        String controller = owner(parent).map(Owner::controller).orElse("");
        if (!controller.equals(owner.controller())) {
            throw new RefusedException(where + " is kept by another controller (" + controller + ", this is "
                    + owner.controller() + "); stop that one first, or sync with adopt to take the application over");
        }
    }

    static Optional<Owner> owner(JsonNode parent) {
        JsonNode annotations = parent.path("metadata").path("annotations");
        return annotations.has(UUID)
                ? Optional.of(new Owner(
                        annotations.path(APPLICATION).asText(""),
                        annotations.path(UUID).asText(""),
                        annotations.path(CONTROLLER).asText("")))
                : Optional.empty();
    }

    public ApplySet widenedBy(ApplySet other) {
        SortedSet<GroupKind> kinds = new TreeSet<>(groupKinds);
        kinds.addAll(other.groupKinds);
        SortedSet<String> spaces = new TreeSet<>(namespaces);
        spaces.addAll(other.namespaces);
        return new ApplySet(name, namespace, owner, kinds, spaces, hooks.widenedBy(other.hooks));
    }

    public ApplySet with(SortedSet<GroupKind> kinds, SortedSet<String> spaces) {
        SortedSet<String> additional = new TreeSet<>(spaces);
        additional.remove(namespace);
        additional.remove("");
        return new ApplySet(name, namespace, owner, kinds, additional, hooks);
    }

    private static String nameFor(String application, String uuid) {
        return "gitops-" + application + "-" + uuid.substring(0, 8);
    }

    /** Whether the application was renamed since its first sync. */
    public boolean hasFormerName() {
        return !name.equals(nameFor(owner.application(), owner.uuid()));
    }

    /** The inventory that a parent of another name is, such as the one from before the application was renamed. */
    ApplySet named(String parent) {
        return new ApplySet(parent, namespace, owner, groupKinds, namespaces, hooks);
    }

    /** The same inventory, recording nothing. */
    public ApplySet without() {
        return new ApplySet(name, namespace, owner, new TreeSet<>(), new TreeSet<>(), hooks);
    }

    /** The same inventory, knowing something else of the hooks. */
    public ApplySet withHooks(HookRecord other) {
        return new ApplySet(name, namespace, owner, groupKinds, namespaces, other);
    }

    /** The parent as it is applied. */
    ObjectNode manifest() {
        ObjectNode parent = JsonNodeFactory.instance.objectNode();
        parent.put("apiVersion", "v1");
        parent.put("kind", "ConfigMap");
        ObjectNode metadata = parent.putObject("metadata");
        metadata.put("name", name);
        metadata.put("namespace", namespace);
        metadata.putObject("labels").put(ID, id()).put(UUID, owner.uuid());
        ObjectNode annotations = metadata.putObject("annotations");
        annotations.put(TOOLING, TOOL);
        annotations.put(
                GROUP_KINDS, groupKinds.stream().map(GroupKind::toString).collect(Collectors.joining(",")));
        annotations.put(NAMESPACES, String.join(",", namespaces));
        annotations.put(APPLICATION, owner.application());
        annotations.put(UUID, owner.uuid());
        annotations.put(CONTROLLER, owner.controller());
        hooks.write(annotations);
        return parent;
    }

    static Stream<String> split(JsonNode annotation) {
        return split(annotation.asText(""));
    }

    static Stream<String> split(String annotation) {
        return Stream.of(annotation.split(",")).map(String::strip).filter(text -> !text.isEmpty());
    }
}
