package io.jenkins.plugins.gitops.engine.health.lua;

import static io.jenkins.plugins.gitops.engine.health.lua.LuaSandbox.function;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The library {@code table}, with the names of Lua 5.1 that Argo CD's scripts know. */
final class LuaTables {
    /** Values that one call may return. */
    private static final int MOST_VALUES = 8_000;

    private LuaTables() {}

    static LuaTable table() {
        LuaTable table = new LuaTable();
        table.set("concat", function(LuaTables::concat));
        table.set("insert", function(LuaTables::insert));
        table.set(
                "remove",
                function(arguments -> arguments
                        .checktable(1)
                        .remove(arguments.optint(2, arguments.checktable(1).length()))));
        table.set("sort", function(LuaTables::sort));
        table.set("unpack", function(LuaTables::unpack));
        table.set("pack", function(LuaTables::pack));
        table.set("getn", function(arguments -> arguments.checktable(1).len()));
        table.set("maxn", function(arguments -> arguments.checktable(1).len()));
        return table;
    }

    private static Varargs concat(Varargs arguments) {
        LuaTable list = arguments.checktable(1);
        String separator = arguments.optjstring(2, "");
        int first = arguments.optint(3, 1);
        int last = arguments.optint(4, list.length());
        StringBuilder text = new StringBuilder();
        for (int i = first; i <= last; i++) {
            text.append(list.get(i).checkjstring()).append(i < last ? separator : "");
            LuaLimits.checkLength(text.length());
        }
        return LuaValue.valueOf(text.toString());
    }

    private static Varargs insert(Varargs arguments) {
        LuaTable list = arguments.checktable(1);
        boolean atEnd = arguments.narg() == 2;
        int position = atEnd ? list.length() + 1 : arguments.checkint(2);
        list.insert(position, arguments.checkvalue(atEnd ? 2 : 3));
        return LuaValue.NONE;
    }

    private static Varargs sort(Varargs arguments) {
        LuaTable list = arguments.checktable(1);
        list.sort(arguments.isnil(2) ? LuaValue.NIL : arguments.checkfunction(2));
        return LuaValue.NONE;
    }

    private static Varargs pack(Varargs arguments) {
        LuaTable table = new LuaTable();
        for (int i = 1; i <= arguments.narg(); i++) {
            table.set(i, arguments.arg(i));
        }
        table.set("n", arguments.narg());
        return table;
    }

    private static Varargs unpack(Varargs arguments) {
        LuaTable list = arguments.checktable(1);
        int first = arguments.optint(2, 1);
        int last = arguments.optint(3, list.length());
        if ((long) last - first >= MOST_VALUES) {
            throw new LuaError("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[Math.max(0, last - first + 1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(first + i);
        }
        return LuaValue.varargsOf(values);
    }
}
