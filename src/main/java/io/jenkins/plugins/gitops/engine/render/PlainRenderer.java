package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;

/**
 * Reads a folder, or one file, of plain YAML and JSON manifests (SEMANTICS 2). A folder without manifests yields nothing:
 * whether that may be synced is not decided here.
 */
final class PlainRenderer {
    private final YamlReader reader = new YamlReader();

    void read(SourceFolder folder, Source source, DesiredObjects objects) {
        ManifestFile files = new ManifestFile(objects::problem);
        new SourceFiles(folder, source, objects::problem).find().forEach((name, file) -> {
            byte[] text = files.read(name, file);
            for (YamlDocument document : reader.read(name, text, objects::problem)) {
                objects.add(document.content(), new FilePlace(document));
            }
        });
    }
}
