package io.jenkins.plugins.gitops.engine.health.lua;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.luaj.vm2.Lua;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.DebugLib;

/**
 * Looks on at every instruction of one run, and ends it when it takes too long or too much memory. No single instruction
 * may be large, for none can be interrupted: that is why strings are limited, here those that are put together by
 * {@code ..}, in {@link LuaStrings} the rest.
 */
final class LuaLimits extends DebugLib {
    static final Duration TIME = Duration.ofSeconds(1);

    /** Bytes that a run may allocate in all, garbage included. */
    static final long MEMORY = 64L << 20;

    /** Bytes of one string. */
    static final int LONGEST_STRING = 256 << 10;

    /** Instructions between two looks at the clock; a call of a library function is always followed by one. */
    private static final int PACE = 200;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                    && threads.isThreadAllocatedMemorySupported()
            ? threads
            : null;

    private final Deque<Frame> frames = new ArrayDeque<>();
    private long end = Long.MAX_VALUE;
    private long mostAllocated = Long.MAX_VALUE;
    private int untilLook;

    private record Frame(int[] code, LuaValue[] stack) {}

    /** An error, not an exception: {@code pcall} must not catch it. */
    static final class Exceeded extends Error {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message, null, false, false);
        }
    }

    /** From here on time and memory count. */
    void start() {
        end = System.nanoTime() + TIME.toNanos();
        mostAllocated = THREADS == null ? Long.MAX_VALUE : THREADS.getCurrentThreadAllocatedBytes() + MEMORY;
    }

    @Override
    public void onCall(LuaFunction function) {
        frames.push(new Frame(new int[0], new LuaValue[0]));
        super.onCall(function);
    }

    @Override
    public void onCall(LuaClosure closure, Varargs arguments, LuaValue[] stack) {
        frames.push(new Frame(closure.p.code, stack));
        super.onCall(closure, arguments, stack);
    }

    @Override
    public void onReturn() {
        frames.pop();
        super.onReturn();
    }

    @Override
    public void onInstruction(int pc, Varargs arguments, int top) {
        Frame frame = frames.getFirst();
        int instruction = frame.code()[pc];
        int operation = Lua.GET_OPCODE(instruction);
        if (operation == Lua.OP_CONCAT) {
            checkConcatenation(frame.stack(), Lua.GETARG_B(instruction), Lua.GETARG_C(instruction));
        }
        boolean calls = operation == Lua.OP_CALL || operation == Lua.OP_TAILCALL || operation == Lua.OP_TFORCALL;
        untilLook = calls ? 0 : untilLook - 1;
        if (untilLook <= 0) {
            look();
            untilLook = PACE;
        }
        super.onInstruction(pc, arguments, top);
    }

    private void look() {
        if (System.nanoTime() > end) {
            throw new Exceeded("the script ran for more than " + TIME.toSeconds() + " s");
        }
        if (mostAllocated != Long.MAX_VALUE && THREADS.getCurrentThreadAllocatedBytes() > mostAllocated) {
            throw new Exceeded("the script took more than " + (MEMORY >> 20) + " MiB of memory");
        }
    }

    private static void checkConcatenation(LuaValue[] stack, int first, int last) {
        long length = 0;
        for (int i = first; i <= last; i++) {
            length += stack[i] instanceof LuaString text ? text.length() : 0;
        }
        checkLength(length);
    }

    static void checkLength(long length) {
        if (length > LONGEST_STRING) {
            throw new Exceeded("the script made a string of more than " + (LONGEST_STRING >> 10) + " KiB");
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
