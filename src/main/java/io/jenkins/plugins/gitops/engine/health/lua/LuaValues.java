package io.jenkins.plugins.gitops.engine.health.lua;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** JSON as Lua sees it: tables, and lists that count from 1. A null is nil, so that its key is absent. */
final class LuaValues {
    private LuaValues() {}

    static LuaValue of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case NULL, MISSING -> LuaValue.NIL;
            default -> LuaValue.valueOf(node.asText());
        };
    }

    private static LuaTable map(JsonNode node) {
        LuaTable table = new LuaTable(0, node.size());
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            table.set(LuaValue.valueOf(field.getKey()), of(field.getValue()));
        }
        return table;
    }

    private static LuaTable list(JsonNode node) {
        LuaTable table = new LuaTable(node.size(), 0);
        int index = 1;
        for (JsonNode item : node) {
            LuaValue value = of(item);
            if (!value.isnil()) {
                table.set(index++, value);
            }
        }
        return table;
    }
}
