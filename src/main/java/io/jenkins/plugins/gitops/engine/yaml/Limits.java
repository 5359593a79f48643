package io.jenkins.plugins.gitops.engine.yaml;

/**
 * What a text may cost (SEMANTICS 2). A text over a limit is invalid; it is never read in part.
 *
 * @param bytes length of one file; also the most characters that the aliases of one document may repeat
 * @param aliases uses of an anchor in one document
 * @param nodesPerAlias times {@code aliases}: the nodes that they may yield together in one document
 * @param depth mappings and lists inside each other
 * @param nodes values of one file, those of aliases included
 */
public record Limits(int bytes, int aliases, int nodesPerAlias, int depth, int nodes) {
    public static final Limits DEFAULT = new Limits(16 << 20, 50, 1_000, 200, 1_000_000);
}
