package io.jenkins.plugins.gitops.engine.yaml;

import io.jenkins.plugins.gitops.engine.model.Problem;

/** Ends the reading of one text: what follows the problem cannot be understood, or would cost too much. */
final class Syntax extends Exception {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    Syntax(Problem problem) {
        super(problem.toString(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
