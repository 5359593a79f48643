package io.jenkins.plugins.gitops.cli.git;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The names that a remote repository advertises, and which of them a person means. */
final class RemoteRefs {
    private final GitUrl url;
    private final Map<String, Ref> byName = new TreeMap<>();

    RemoteRefs(GitUrl url, Collection<Ref> refs) {
        this.url = url;
        refs.forEach(ref -> byName.put(ref.getName(), ref));
    }

    /**
     * A name and the commit that it stands for.
     *
     * @param object the commit, or the annotated tag that leads to it
     */
    record Target(String name, ObjectId object, ObjectId commit) {}

    /**
     * The branch or the tag of that name; empty when there is none.
     *
     * @throws InvalidInputException when it is the name of a branch and of a tag at different commits
     */
    Optional<Target> find(String revision) {
        if (revision.isEmpty() || revision.equals("HEAD")) {
            return Optional.of(target("HEAD")
                    .orElseThrow(() -> new InvalidInputException(
                            "revision", url + " has no HEAD: " + known().orElse("the repository has no commits yet"))));
        }
        if (revision.startsWith("refs/")) {
            return target(revision);
        }
        Optional<Target> branch = target("refs/heads/" + revision);
        Optional<Target> tag = target("refs/tags/" + revision);
        if (branch.isPresent()
                && tag.isPresent()
                && !branch.get().commit().equals(tag.get().commit())) {
            throw new InvalidInputException(
                    "revision",
                    revision + " is a branch and a tag of " + url + ": write refs/heads/" + revision + " or refs/tags/"
                            + revision);
        }
        return branch.or(() -> tag);
    }

    /** The error for a revision that is neither here nor a commit, with the names that are nearest to it. */
    InvalidInputException unknown(String revision) {
        String message = url + " has no branch, tag or commit " + revision;
        return new InvalidInputException(
                "revision", message + known(revision).map(names -> "; " + names).orElse(""));
    }

    private Optional<Target> target(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(ref -> new Target(
                        name,
                        ref.getObjectId(),
                        ref.getPeeledObjectId() != null ? ref.getPeeledObjectId() : ref.getObjectId()));
    }

    private Optional<String> known(String wanted) {
        List<String> near = shortNames().stream()
                .filter(name -> distance(name, wanted) <= Math.max(2, wanted.length() / 3) || name.contains(wanted))
                .sorted(Comparator.comparingInt(name -> distance(name, wanted)))
                .limit(3)
                .toList();
        return near.isEmpty() ? known() : Optional.of("the nearest names are " + String.join(", ", near));
    }

    private Optional<String> known() {
        List<String> names = shortNames();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String rest = names.size() > 5 ? " and " + (names.size() - 5) + " more" : "";
        return Optional.of("it has " + String.join(", ", names.subList(0, Math.min(5, names.size()))) + rest);
    }

    private List<String> shortNames() {
        return byName.keySet().stream()
                .filter(name -> name.startsWith("refs/heads/") || name.startsWith("refs/tags/"))
                .map(name -> name.replaceFirst("refs/(heads|tags)/", ""))
                .distinct()
                .toList();
    }

    /** How many letters must be put in, taken out or replaced to turn one into the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
