package io.jenkins.plugins.gitops.engine.health.lua;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;

/**
 * One script with Argo CD's contract: the global {@code obj} is the live object, the returned table has {@code status} and
 * {@code message}. Every run starts from an empty state. Safe for threads.
 */
public final class LuaScript {
    private final String name;
    private final String text;

    /** @param name as errors shall name it, with the line: {@code health.lua:3} */
    public LuaScript(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** What a script returned; absent texts are empty. */
    public record Answer(String status, String message) {}

    /** @throws LuaFailure when the script is wrong, fails, or takes more than it may */
    public Answer run(ObjectNode object) {
        LuaLimits limits = new LuaLimits();
        Globals globals = LuaSandbox.open(limits);
        globals.set("obj", LuaValues.of(object));
        try {
            LuaC.install(globals);
            LuaValue script = globals.load(text, "@" + name);
            limits.start();
            LuaValue result = script.call();
            if (!result.istable()) {
                throw new LuaFailure(name + " must return a table with status and message, not a " + result.typename());
            }
            return new Answer(text(result.get("status")), text(result.get("message")));
        } catch (LuaError e) {
            throw new LuaFailure(said(e));
        } catch (LuaLimits.Exceeded e) {
            throw new LuaFailure(e.getMessage());
        } catch (StackOverflowError e) {
            throw new LuaFailure(name + " calls itself without end");
        }
    }

    private static String text(LuaValue value) {
        return value.isstring() ? value.tojstring() : "";
    }

    /** The first line has the place and the message; the rest is a traceback. */
    private static String said(LuaError error) {
        String message = error.getMessage();
        return message == null
                ? "failed without a message"
                : message.lines().findFirst().orElse("failed").replaceFirst("^@", "");
    }
}
