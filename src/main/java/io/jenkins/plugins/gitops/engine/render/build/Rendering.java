package io.jenkins.plugins.gitops.engine.render.build;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A rendering of which all is known that its result depends on, and which is not done yet: what has the same tool, files and
 * options has the same result.
 */
public interface Rendering {
    /** The program, such that another version of it is another text. */
    String tool();

    /** All files that it reads, by name for people. */
    SortedMap<String, Path> files();

    /** All that the application and the cluster say, by name for people. */
    SortedMap<String, String> options();

    /** Why nobody knows all that the result depends on; empty when it is known. */
    Optional<String> unrepeatable();

    /** What is secret of it; empty when it reads no encrypted file. */
    Optional<Confidential> confidential();

    Built run();
}
