package io.jenkins.plugins.gitops.engine.render.substitute;

/** An expression that is wrong, or whose variable is undefined; the message never quotes a value. */
final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    ExpressionException(String message) {
        super(message);
    }
}
