package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder that a test fills with manifests and renders. */
record Checkout(Path root) {
    static String configMap(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n";
    }

    Checkout write(String file, String text) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkout link(String file, String target) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.createSymbolicLink(root.resolve(file), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rendered render() {
        return render(Source.of("", "", ""));
    }

    Rendered render(Source source) {
        return new PlainRenderer().render(new SourceTree(root, ""), source, "shop", new BuiltInScopes());
    }

    List<Problem> problems() {
        return problems(Source.of("", "", ""));
    }

    List<Problem> problems(Source source) {
        try {
            render(source);
            return List.of();
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }
}
