package io.jenkins.plugins.gitops.engine.render.substitute;

/** An expression that is wrong, or whose variable is undefined; the message never quotes a value. */
final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String written;

    /** @param written what the message quotes of the text */
    ExpressionException(String message, String written) {
        super(message);
        this.written = written;
    }

    /** The message without what it quotes, for texts that may be secret. */
    String discreet() {
        return getMessage().replace(written, "an expression \"${…}\"");
    }
}
