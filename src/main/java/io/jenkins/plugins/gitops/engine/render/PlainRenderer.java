package io.jenkins.plugins.gitops.engine.render;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption;
import io.jenkins.plugins.gitops.engine.render.sops.Decryption.Decrypted;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.util.List;

/**
 * Reads a folder, or one file, of plain YAML and JSON manifests (SEMANTICS 2). A folder without manifests yields nothing:
 * whether that may be synced is not decided here. Files that SOPS encrypted are decrypted.
 */
final class PlainRenderer {
    private final YamlReader reader = new YamlReader();
    private final Decryption decryption;

    PlainRenderer(Decryption decryption) {
        this.decryption = decryption;
    }

    void read(SourceFolder folder, Source source, DesiredObjects objects) {
        ManifestFile files = new ManifestFile(objects::problem);
        new SourceFiles(folder, source, objects::problem).find().forEach((name, file) -> {
            byte[] text = files.read(name, file);
            List<YamlDocument> documents = reader.read(name, text, objects::problem);
            if (!documents.isEmpty() && Decryption.isEncrypted(documents.get(0).content())) {
                decrypt(name, documents, objects);
            } else {
                documents.forEach(document -> objects.add(document.content(), new FilePlace(document)));
            }
        });
    }

    private void decrypt(String name, List<YamlDocument> documents, DesiredObjects objects) {
        try {
            Decrypted decrypted = decryption.decrypt(
                    name, documents.stream().map(YamlDocument::content).toList());
            for (int i = 0; i < documents.size(); i++) {
                objects.add(decrypted.documents().get(i), new FilePlace(documents.get(i)), decrypted.hidden());
            }
        } catch (InvalidInputException e) {
            e.problems().forEach(objects::problem);
        }
    }
}
