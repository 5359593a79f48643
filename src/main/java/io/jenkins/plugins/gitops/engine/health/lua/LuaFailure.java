package io.jenkins.plugins.gitops.engine.health.lua;

/** A script did not come to an answer; the message names its line where there is one. */
public final class LuaFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LuaFailure(String message) {
        super(message);
    }
}
