package io.jenkins.plugins.gitops.engine.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Health rules from a file of the users' own. Each document is one of: our form ({@code kind: HealthRules}), a ConfigMap with
 * Argo CD's {@code resource.customizations}, or Flux's {@code healthCheckExprs} (alone, or in a Kustomization or HelmRelease).
 */
public final class HealthRuleFile {
    /** Comments, blank lines and a document's start before the first entry of a list. */
    private static final Pattern BARE_LIST = Pattern.compile("\\A((?:(?:#.*|---.*|\\s*)\\R)*)- ");

    private final String name;
    private final List<HealthCheck> checks = new ArrayList<>();
    private final List<KindRule> kinds = new ArrayList<>();

    private HealthRuleFile(String name) {
        this.name = name;
    }

    /**
     * @param name as errors shall name the file
     * @throws InvalidInputException with every problem, at file:line:column
     */
    public static HealthRuleFile read(String name, byte[] text) {
        HealthRuleFile file = new HealthRuleFile(name);
        new YamlReader().read(name, asMapping(text)).forEach(file::add);
        if (file.checks.isEmpty() && file.kinds.isEmpty()) {
            throw new InvalidInputException(name, "holds no health rule");
        }
        return file;
    }

    /** The entries of {@code healthCheckExprs} may be given without that key; it is then put on a line of its own. */
    private static byte[] asMapping(byte[] text) {
        String characters = new String(text, StandardCharsets.UTF_8);
        Matcher list = BARE_LIST.matcher(characters);
        return list.find()
                ? (list.group(1) + "healthCheckExprs:\n" + characters.substring(list.end(1)))
                        .getBytes(StandardCharsets.UTF_8)
                : text;
    }

    String name() {
        return name;
    }

    List<HealthCheck> checks() {
        return checks;
    }

    List<KindRule> kinds() {
        return kinds;
    }

    private void add(YamlDocument document) {
        JsonNode content = document.content();
        if (content.path("kind").asText().equals(RuleFile.KIND)) {
            kinds.addAll(RuleFile.read(document));
        } else if (content.path("kind").asText().equals("ConfigMap")) {
            checks.addAll(ArgoCustomizations.read(document));
        } else if (content.has("healthCheckExprs")) {
            checks.addAll(FluxChecks.read(document, "/healthCheckExprs"));
        } else if (content.at("/spec/healthCheckExprs").isArray()) {
            checks.addAll(FluxChecks.read(document, "/spec/healthCheckExprs"));
        } else if (content.has("current")) {
            checks.add(FluxChecks.one(document, ""));
        } else {
            throw new InvalidInputException(
                    List.of(
                            document.problem(
                                    "",
                                    "is no file of health rules: write kind: " + RuleFile.KIND
                                            + ", or give a ConfigMap with Argo CD's resource.customizations, or Flux's healthCheckExprs")));
        }
    }
}
