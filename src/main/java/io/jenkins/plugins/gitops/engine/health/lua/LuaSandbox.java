package io.jenkins.plugins.gitops.engine.health.lua;

import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * The globals of a script: what a function of the data needs, and nothing that reaches a file, the network, a process, a
 * class or other code. {@code os} has the clock only, as in Argo CD; {@code require} gives what is here already.
 */
final class LuaSandbox {
    private static final List<String> HARMFUL =
            List.of("collectgarbage", "dofile", "load", "loadfile", "loadstring", "print");

    /** Strings of all scripts share the table of their methods, as the interpreter has it: no script can change it. */
    static {
        LuaTable methods = new ReadOnlyTable(LuaStrings.table());
        LuaTable shared = new LuaTable();
        shared.set(LuaValue.INDEX, methods);
        shared.set(LuaValue.METATABLE, LuaValue.FALSE);
        LuaString.s_metatable = shared;
    }

    private LuaSandbox() {}

    static Globals open(LuaLimits limits) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        HARMFUL.forEach(name -> globals.set(name, LuaValue.NIL));
        globals.set("print", function(arguments -> LuaValue.NONE));
        globals.set("package", loaded());
        globals.load(new MathLib());
        globals.load(limits);
        globals.set("debug", LuaValue.NIL);
        globals.set("package", LuaValue.NIL);
        globals.set("string", LuaStrings.table());
        globals.set("table", LuaTables.table());
        globals.set("unpack", globals.get("table").get("unpack"));
        globals.set("os", LuaClock.table());
        globals.set("require", function(arguments -> required(globals, arguments.checkjstring(1))));
        return globals;
    }

    private static Varargs required(Globals globals, String name) {
        if (!List.of("os", "string", "table", "math").contains(name)) {
            throw new LuaError("module '" + name + "' is not available here");
        }
        return globals.get(name);
    }

    /** Where a library of the interpreter enters itself. */
    private static LuaTable loaded() {
        LuaTable packages = new LuaTable();
        packages.set("loaded", new LuaTable());
        return packages;
    }

    interface Body {
        Varargs call(Varargs arguments);
    }

    static LuaValue function(Body body) {
        return new HostFunction(body);
    }

    private static final class HostFunction extends VarArgFunction {
        private final Body body;

        HostFunction(Body body) {
            this.body = body;
        }

        @Override
        public Varargs invoke(Varargs arguments) {
            return body.call(arguments);
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

    private static final class ReadOnlyTable extends LuaTable {
        ReadOnlyTable(LuaTable content) {
            for (LuaValue key : content.keys()) {
                super.rawset(key, content.get(key));
            }
        }

        @Override
        public void rawset(LuaValue key, LuaValue value) {
            throw new LuaError("the methods of strings cannot be changed");
        }

        @Override
        public void rawset(int key, LuaValue value) {
            rawset(LuaValue.valueOf(key), value);
        }

        @Override
        public void set(int key, LuaValue value) {
            rawset(LuaValue.valueOf(key), value);
        }

        @Override
        public void set(LuaValue key, LuaValue value) {
            rawset(key, value);
        }

        @Override
        public LuaValue setmetatable(LuaValue metatable) {
            throw new LuaError("the methods of strings cannot be changed");
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
}
