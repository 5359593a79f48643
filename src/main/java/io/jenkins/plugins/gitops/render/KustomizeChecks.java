package io.jenkins.plugins.gitops.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.KustomizeOptions.Image;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import io.jenkins.plugins.gitops.field.Assignments;
import io.jenkins.plugins.gitops.field.LineList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is wrong with a Kustomize option; empty when nothing is. */
final class KustomizeChecks {
    private KustomizeChecks() {}

    static Optional<String> images(List<String> images) {
        return images.stream()
                .filter(text -> text.contains(" ") || !isImage(Image.parse(text)))
                .findFirst()
                .map(Messages::KustomizeChecks_Image);
    }

    private static boolean isImage(Image image) {
        return !image.name().isEmpty()
                && !(image.newName().isEmpty()
                        && image.newTag().isEmpty()
                        && image.digest().isEmpty());
    }

    static Optional<String> assignments(List<String> items) {
        return Assignments.malformed(items).map(Messages::KustomizeChecks_Assignment);
    }

    static Optional<String> replicas(List<String> items) {
        return assignments(items)
                .or(() -> Assignments.map(items).entrySet().stream()
                        .filter(entry -> !entry.getValue().matches("\\d{1,9}"))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .map(Messages::KustomizeChecks_Replicas));
    }

    /** A patch is a mapping, several of them, or a JSON 6902 list of operations. */
    static Optional<String> yaml(@CheckForNull String text) {
        String patch = Util.fixNull(text).strip();
        if (patch.isEmpty() || patch.startsWith("- ") || patch.startsWith("-\n")) {
            return Optional.empty();
        }
        try {
            if (patch.startsWith("[")) {
                new ObjectMapper().readTree(patch);
            } else {
                new YamlReader().read("patch", patch.getBytes(StandardCharsets.UTF_8));
            }
            return Optional.empty();
        } catch (InvalidInputException | JsonProcessingException e) {
            return Optional.of(e.getMessage());
        }
    }

    static List<String> lines(@CheckForNull String text) {
        return Util.fixNull(LineList.read(List.of(Util.fixNull(text))));
    }
}
