package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ToolEnvironment;
import io.jenkins.plugins.gitops.engine.render.build.ToolOutput;
import io.jenkins.plugins.gitops.engine.render.build.ToolProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real helm, 3 or 4: the binary that the host names, else that of the search path. It gets a home of its own, so that
 * neither the user's plugins nor a kubeconfig are within its reach.
 */
final class HelmTool {
    private static final String NO_INDEX = "no cached repository for ";
    private static final String NAMED = "the \"repository-\\d+\" chart repository";

    private final RenderTools tools;

    HelmTool(RenderTools tools) {
        this.tools = tools;
    }

    /** Runs helm without the network. */
    ToolOutput run(String shown, List<String> arguments, Path home) {
        return run(shown, arguments, home, new ToolEnvironment(tools.environment()).offline(home));
    }

    /** Runs helm with proxies, certificates, and the repositories of this configuration. */
    ToolOutput online(String shown, List<String> arguments, Path home, HelmRepositories repositories) {
        Map<String, String> environment = new ToolEnvironment(tools.environment()).online(home);
        environment.putAll(repositories.environment());
        return run(shown, arguments, home, environment);
    }

    private ToolOutput run(String shown, List<String> arguments, Path home, Map<String, String> given) {
        Map<String, String> environment = new HashMap<>(given);
        environment.put("HELM_CACHE_HOME", cache(home).toString());
        environment.put("HELM_CONFIG_HOME", home.resolve("config").toString());
        environment.put("HELM_DATA_HOME", home.resolve("data").toString());
        environment.put("KUBECONFIG", home.resolve("no-kubeconfig").toString());
        List<String> command = new ArrayList<>(List.of(binary().toString()));
        command.addAll(arguments);
        return new ToolProcess(tools.limits()).run(shown, command, home, environment);
    }

    /** Where a run of this home keeps what it fetches. */
    static Path cache(Path home) {
        return home.resolve("cache");
    }

    /**
     * Why runs failed. Why a repository did not answer helm tells among its progress, and then that it has no index of it: that
     * is no news, and the names of repositories are ours.
     */
    static String reasons(ToolOutput... outputs) {
        StringBuilder reasons = new StringBuilder();
        for (ToolOutput output : outputs) {
            StringBuilder network = new StringBuilder();
            boolean inside = false;
            for (String line : new String(output.output(), StandardCharsets.UTF_8).split("\n")) {
                inside = line.contains("Unable to get an update") || (inside && line.startsWith("\t"));
                if (inside) {
                    network.append('\n').append(line.strip().replaceFirst(NAMED, "the chart repository"));
                }
            }
            if (network.isEmpty() || !output.errors().contains(NO_INDEX)) {
                reasons.append(output.errors());
            }
            reasons.append(network);
        }
        return reasons.toString().strip();
    }

    /** @throws InvalidInputException when there is none */
    Path binary() {
        return tools.configuredHelm()
                .or(() -> tools.onPath("helm"))
                .orElseThrow(() -> new InvalidInputException(
                        "helm",
                        "is needed to render this chart, and it is not on the search path; install it, or say where"
                                + " it is"));
    }
}
