package io.jenkins.plugins.gitops.engine.importing;

import java.util.List;
import java.util.Optional;

/** Finds what a destination of the input is called here. */
final class Destinations {
    /** As Argo CD calls the cluster in which it runs. */
    private static final List<String> IN_CLUSTER =
            List.of("https://kubernetes.default.svc", "https://kubernetes.default", "in-cluster");

    private final ImportOptions options;

    Destinations(ImportOptions options) {
        this.options = options;
    }

    Form ofArgo(Fields fields) {
        String server = fields.text("server").orElse("").replaceFirst("/+$", "");
        String name = fields.text("name").orElse("");
        Form form = new Form();
        if (!name.isEmpty()) {
            form.text("cluster", cluster(fields, "name", name));
        }
        if (!server.isEmpty() && !form.has("cluster")) {
            form.text("cluster", cluster(fields, "server", server));
        }
        form.text("namespace", namespace(fields, fields.text("namespace")));
        fields.finish();
        return form;
    }

    /** What a cluster is called; empty for the cluster that the input's controller runs in. */
    private String cluster(Fields fields, String field, String foreign) {
        String known = options.clusters().get(foreign);
        if (known != null) {
            return known;
        }
        if (IN_CLUSTER.contains(foreign)) {
            fields.note(
                    field,
                    "is the cluster that Argo CD runs in; here it is the kubeconfig's current context, in Jenkins the"
                            + " cluster that the item names",
                    "say what it is called here: --cluster " + foreign + "=NAME");
            return "";
        }
        if (field.equals("server")) {
            fields.unmapped(
                    field,
                    "clusters are known by names, not by URLs; the URL is written, and no context or cluster is called"
                            + " so",
                    "say what it is called here: --cluster " + foreign + "=NAME");
        } else {
            fields.note(
                    field,
                    "is taken for the name of a context of your kubeconfig, or of a cluster in Jenkins",
                    "say so if it is called something else here: --cluster " + foreign + "=NAME");
        }
        return foreign;
    }

    /** Flux's {@code kubeConfig}; empty when it is the cluster that Flux runs in. */
    String ofFlux(Fields fields) {
        String found = "";
        for (String field : List.of("secretRef", "configMapRef")) {
            Fields reference = fields.block(field);
            Optional<String> name = reference.text("name");
            if (name.isPresent()) {
                found = options.clusters().getOrDefault(name.get(), name.get());
            }
            if (name.isPresent() && !options.clusters().containsKey(name.get())) {
                reference.unmapped(
                        "name",
                        "a kubeconfig is not read from the cluster; its name is taken for the cluster's",
                        "say what it is called here: --cluster " + name.get() + "=NAME");
            }
            reference.note("key", "the kubeconfig lies elsewhere now", "");
            reference.finish();
        }
        fields.finish();
        return found;
    }

    private String namespace(Fields fields, Optional<String> namespace) {
        if (namespace.isEmpty()) {
            fields.noteHere(
                    "names no namespace; " + options.namespace()
                            + " is taken for objects that name none, and the inventory lives there",
                    "give --namespace NS for another one");
        }
        return namespace.orElse(options.namespace());
    }
}
