package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;
import io.jenkins.plugins.gitops.engine.model.SyncOption;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes objects of any kind. Every method throws {@link ApiException} when the server refuses. */
public final class ObjectApi {
    /** The field manager of everything that is applied (SEMANTICS 3). */
    public static final String FIELD_MANAGER = "jenkins-gitops";

    private static final int PAGE = 500;

    private final ApiServer api;

    ObjectApi(ApiServer api) {
        this.api = api;
    }

    /** Empty when there is no such object. */
    public Optional<ObjectNode> get(ApiResource resource, String namespace, String name) {
        try {
            return Optional.of(api.get(path(resource, namespace, name)));
        } catch (ApiException e) {
            if (e.status().notFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * All objects of a kind.
     *
     * @param namespace empty for all namespaces
     * @param labelSelector empty for all objects
     */
    public List<ObjectNode> list(ApiResource resource, String namespace, String labelSelector) {
        return listAll(resource, namespace, labelSelector.isEmpty() ? "" : "&labelSelector=" + encode(labelSelector));
    }

    /**
     * The objects of a kind that a field selector chooses.
     *
     * @param fieldSelector such as {@code type=Warning}; each kind has few fields that the server can select by
     */
    public List<ObjectNode> listWhere(ApiResource resource, String namespace, String fieldSelector) {
        return listAll(resource, namespace, "&fieldSelector=" + encode(fieldSelector));
    }

    private List<ObjectNode> listAll(ApiResource resource, String namespace, String selector) {
        try {
            return list(resource, namespace, selector, PAGE);
        } catch (ApiException e) {
            // The server forgot the state that the pages were of: once more, all of it in one answer.
            if (e.status().code() != 410) {
                throw e;
            }
            return list(resource, namespace, selector, 0);
        }
    }

    private List<ObjectNode> list(ApiResource resource, String namespace, String selector, int size) {
        List<ObjectNode> objects = new ArrayList<>();
        String next = "";
        do {
            String query = "?limit=" + size + selector + (next.isEmpty() ? "" : "&continue=" + encode(next));
            ObjectNode page = api.get(resource.path(namespace) + query);
            for (JsonNode item : page.path("items")) {
                // Items of a list carry neither apiVersion nor kind.
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                object.put("apiVersion", resource.apiVersion());
                object.put("kind", resource.kind());
                object.setAll((ObjectNode) item);
                objects.add(object);
            }
            next = page.path("metadata").path("continue").asText("");
        } while (!next.isEmpty());
        return objects;
    }

    /** Server-side apply with our field manager; conflicts are forced. Returns the object as it is, or would be, stored. */
    public ObjectNode apply(ApiResource resource, ObjectNode desired, boolean dryRun) {
        return api.send(
                "PATCH",
                path(resource, desired) + "?fieldManager=" + FIELD_MANAGER + "&force=true"
                        + (dryRun ? "&dryRun=All" : ""),
                "application/apply-patch+yaml",
                desired);
    }

    /** Creates an object that must not exist yet (409 when it does). */
    public ObjectNode create(ApiResource resource, ObjectNode object, Write write) {
        return api.send(
                "POST",
                resource.path(object.path("metadata").path("namespace").asText("")) + write.query(),
                "application/json",
                object);
    }

    /** Writes a whole object over the one of its resourceVersion (409 when it has changed since), or over any without one. */
    public ObjectNode replace(ApiResource resource, ObjectNode object, Write write) {
        return api.send("PUT", pathToReplace(resource, object, write), "application/json", object);
    }

    /** Where {@link #replace} sends it. */
    static String pathToReplace(ApiResource resource, ObjectNode object, Write write) {
        return path(resource, object) + write.query();
    }

    /** @param contentType the kind of patch, such as {@code application/merge-patch+json} */
    public ObjectNode patch(ApiResource resource, ObjectNode object, String contentType, JsonNode patch, Write write) {
        return api.send("PATCH", path(resource, object) + write.query(), contentType, patch);
    }

    /**
     * How something is written that is no server-side apply.
     *
     * @param validation what becomes of fields that the kind does not have: {@code Strict}, {@code Warn} or {@code Ignore}
     */
    public record Write(boolean dryRun, String validation) {
        public static final Write FOR_GOOD = new Write(false, "Warn");

        public static Write dryRun(ObjectOptions options) {
            return new Write(true, validation(options));
        }

        public static Write forGood(ObjectOptions options) {
            return new Write(false, validation(options));
        }

        private static String validation(ObjectOptions options) {
            return options.isOn(SyncOption.Validate) ? "Strict" : "Ignore";
        }

        private String query() {
            return "?fieldManager=" + FIELD_MANAGER + "&fieldValidation=" + validation + (dryRun ? "&dryRun=All" : "");
        }
    }

    /**
     * Moves what {@code kubectl apply} owns from the client's side into our Apply entry; changes nothing else.
     *
     * @param live as it was read; when it has changed since, the server refuses with 409 or 422
     */
    public void takeOverClientSideApply(ApiResource resource, ObjectNode live) {
        api.send(
                "PATCH",
                path(resource, live) + "?fieldManager=" + FIELD_MANAGER,
                "application/json-patch+json",
                ClientSideApplyMigration.patch(live));
    }

    /** The opposite: what we own by server-side apply becomes what we own by plain writes. */
    public ObjectNode giveUpApply(ApiResource resource, ObjectNode live) {
        return api.send(
                "PATCH",
                path(resource, live) + "?fieldManager=" + FIELD_MANAGER,
                "application/json-patch+json",
                ClientSideApplyMigration.reversed(live));
    }

    /**
     * Makes an object nobody's: takes a label away, and our entries of its managed fields, so that whoever writes it next gets
     * no conflict with us.
     *
     * @param live as it was read; one that is written meanwhile is read again
     */
    public void release(ApiResource resource, ObjectNode live, String label) {
        JsonNode metadata = live.path("metadata");
        String namespace = metadata.path("namespace").asText("");
        String name = metadata.path("name").asText();
        Optional<ObjectNode> now = Optional.of(live);
        for (int attempt = 1; now.isPresent(); attempt++) {
            try {
                api.send(
                        "PATCH",
                        path(resource, namespace, name) + "?fieldManager=" + FIELD_MANAGER,
                        "application/json-patch+json",
                        ReleasePatch.of(now.get(), label));
                return;
            } catch (ApiException e) {
                boolean changedMeanwhile =
                        e.status().code() == 409 || e.status().code() == 422;
                if (e.status().notFound()) {
                    return;
                }
                if (!changedMeanwhile || attempt == TRIES_TO_RELEASE) {
                    throw e;
                }
            }
            now = get(resource, namespace, name);
        }
    }

    private static final int TRIES_TO_RELEASE = 5;

    /**
     * Deletes one object in the foreground: it stays, being deleted, until what it owns is gone.
     *
     * @param uid the object that is meant: another one of the same name is left alone (409)
     */
    public void delete(ApiResource resource, String namespace, String name, String uid) {
        delete(resource, namespace, name, uid, "Foreground");
    }

    /** @param propagation what becomes of the objects that it owns: {@code Foreground}, {@code Background} or {@code Orphan} */
    public void delete(ApiResource resource, String namespace, String name, String uid, String propagation) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1");
        options.put("kind", "DeleteOptions");
        options.put("propagationPolicy", propagation);
        options.putObject("preconditions").put("uid", uid);
        api.send("DELETE", path(resource, namespace, name), "application/json", options);
    }

    private static String path(ApiResource resource, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return path(
                resource,
                metadata.path("namespace").asText(""),
                metadata.path("name").asText());
    }

    private static String path(ApiResource resource, String namespace, String name) {
        return resource.path(namespace) + "/" + encode(name);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
