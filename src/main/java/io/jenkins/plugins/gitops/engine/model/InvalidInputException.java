package io.jenkins.plugins.gitops.engine.model;

import java.util.List;
import java.util.stream.Collectors;

/** The input (manifests, application file, options) is wrong; every problem that was found is listed. */
public final class InvalidInputException extends GitOpsException {
    private static final long serialVersionUID = 1L;

    /** An array, for it travels with the exception from an agent to the controller. */
    private final Problem[] problems;

    public InvalidInputException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null);
        this.problems = problems.toArray(Problem[]::new);
    }

    public InvalidInputException(String where, String what) {
        this(List.of(new Problem(where, what)));
    }

    public List<Problem> problems() {
        return List.of(problems);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
