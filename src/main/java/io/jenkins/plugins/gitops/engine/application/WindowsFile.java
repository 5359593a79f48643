package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.SyncWindow;
import io.jenkins.plugins.gitops.engine.yaml.YamlDocument;
import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads sync windows that several applications share: a file of kind {@code SyncWindows}, each of whose windows is for the applications
 * that its globs match. Its JSON Schema is {@code docs/schema/sync-windows.schema.json}.
 */
public final class WindowsFile {
    static final String KIND = "SyncWindows";

    private WindowsFile() {}

    /**
     * @param file as errors shall name it
     * @throws InvalidInputException with every problem of the file: it must block, and never be as if it were not there
     */
    public static List<SyncWindow> read(String file, byte[] text) {
        List<Problem> problems = new ArrayList<>();
        List<SyncWindow> windows = new ArrayList<>();
        for (YamlDocument document : new YamlReader().read(file, text, problems::add)) {
            Block root = Block.root(document, problems::add);
            ApplicationFile.constant(root, "apiVersion", ApplicationFile.API_VERSION);
            ApplicationFile.constant(root, "kind", KIND);
            windows.addAll(WindowsForm.read(root, "windows"));
            root.finish();
        }
        if (windows.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(file, "holds no sync window: give them as a list named windows"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return windows;
    }
}
