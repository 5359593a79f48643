package io.jenkins.plugins.gitops.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/** The input (manifests, application file, options) is wrong; every problem that was found is listed. */
public final class InvalidInputException extends GitOpsException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null);
        this.problems = List.copyOf(problems);
    }

    public InvalidInputException(String where, String what) {
        this(List.of(new Problem(where, what)));
    }

    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
