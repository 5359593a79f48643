package io.jenkins.plugins.gitops.engine.health.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argo CD's contract of a health script, and the sandbox around it. */
class LuaScriptTest {
    private static final String OBJECT = """
            {"metadata": {"name": "web", "generation": 3, "annotations": {"example.com/a": "b"}, "labels": null},
             "spec": {"paused": true, "weights": [1, 2.5, "x", {"deep": ["end"]}]},
             "status": {"conditions": [{"type": "Ready", "status": "False", "message": "grün"}], "empty": {}, "none": []}}
            """;

    @Test
    void aScriptReadsObjAndAnswersWithStatusAndMessage() {
        String script = """
                local hs = {}
                if obj.status ~= nil and obj.status.conditions ~= nil then
                  for i, condition in ipairs(obj.status.conditions) do
                    if condition.type == "Ready" and condition.status == "False" then
                      hs.status = "Degraded"
                      hs.message = condition.message
                      return hs
                    end
                  end
                end
                hs.status = "Progressing"
                return hs
                """;
        assertThat(run(script)).isEqualTo(new LuaScript.Answer("Degraded", "grün"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            obj.metadata.generation                                  | 3
            obj.metadata.generation + 1                              | 4
            obj.spec.weights[2]                                      | 2.5
            #obj.spec.weights                                        | 4
            obj.spec.weights[4].deep[1]                              | end
            tostring(obj.spec.paused)                                | true
            tostring(obj.metadata.labels)                            | nil
            obj.metadata.annotations["example.com/a"]                | b
            next(obj.status.empty) == nil and "empty" or "full"      | empty
            #obj.status.none                                         | 0
            ("a.b.c"):gsub("%.", "-")                                | a-b-c
            ("x=1, y=2"):gsub("(%w+)=(%w+)", "%2=%1")                | 1=x, 2=y
            ("hello"):gsub("l", {l = "L"})                           | heLLo
            ("hello"):gsub("", "-")                                  | -h-e-l-l-o-
            ("abc"):gsub("%w", function(c) return c:upper() end)     | ABC
            ("  trim me "):match("^%s*(.-)%s*$")                     | trim me
            ("key: [value]"):match("%[(.-)%]")                       | value
            ("f(a(b)c)d"):match("%b()")                              | (a(b)c)
            ("THE (quick) fox"):find("%((%a+)%)")                    | 5
            ("a+b"):find("+", 1, true)                               | 2
            ("version 1.25.3"):match("(%d+)%.(%d+)")                 | 1
            ("hello world"):match("%f[%w]w%w*")                      | world
            ("aXb"):match("()X")                                     | 2
            ("abcabc"):match("(b)c.*%1")                             | b
            ("a,b,,c"):match(",([^,]*)$")                            | c
            ("[x-]"):match("[%]x-]+")                                | x-]
            ("2026-01-01"):match("^%d%d%d%d%-%d%d?")                 | 2026-01
            ("abc"):sub(-2)                                          | bc
            ("abc"):sub(2, 2)                                        | b
            ("abc"):rep(2)                                           | abcabc
            ("abc"):reverse()                                        | cba
            ("Grün"):upper()                                         | GRüN
            ("abc"):byte(2)                                          | 98
            string.char(72, 105)                                     | Hi
            string.format("%s of %d, %5.1f%%", "one", 2, 99.95)      | one of 2, 100.0%
            string.format("%-4s;%04d;%x;%q", "ab", 7, 255, "c")      | ab  ;0007;ff;"c"
            table.concat({1, 2, 3}, "+")                             | 1+2+3
            unpack({"first", "second"})                              | first
            table.getn({1, 2})                                       | 2
            require("os").date("!%Y-%m-%d", 0)                       | 1970-01-01
            os.time() > 1500000000 and "now"                         | now
            math.floor(2.7)                                          | 2
            tonumber("12") + tonumber("0x10")                        | 28
            select("#", 1, 2, 3)                                     | 3
            type(obj)                                                | table
            pcall(error, "x") and "caught" or "not"                  | not
            """)
    void whatScriptsUseIsThere(String expression, String expected) {
        assertThat(evaluate(expression)).isEqualTo(expected);
    }

    @Test
    void everyMatchIsVisited() {
        assertThat(run("""
                local found = {}
                for key, value in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do table.insert(found, key .. value) end
                for word in string.gmatch("one two", "%a+") do table.insert(found, word) end
                table.sort(found, function(a, b) return a < b end)
                return {status = "Healthy", message = table.concat(found, " ")}
                """).message()).isEqualTo("a1 b2 one two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io",
                "debug",
                "dofile",
                "load",
                "loadfile",
                "loadstring",
                "package",
                "coroutine",
                "luajava",
                "collectgarbage",
                "os.execute",
                "os.getenv",
                "os.exit",
                "os.remove",
                "string.dump"
            })
    void whatReachesOutIsNotThere(String name) {
        assertThat(evaluate("tostring(" + name + ")")).isEqualTo("nil");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatNeverEndsIsEnded(String what, String script) {
        Instant start = Instant.now();
        assertThatThrownBy(() -> run(script)).isInstanceOf(LuaFailure.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    static Stream<Arguments> whatNeverEndsIsEnded() {
        return Stream.of(
                arguments("a loop", "while true do end"),
                arguments("a loop that catches errors", "while true do pcall(function() while true do end end) end"),
                arguments("an empty for", "for i = 1, 1e18 do end"),
                arguments("recursion", "local function f() return 1 + f() end return f()"),
                arguments("recursion that catches errors", "local function f() pcall(f) return f() end f()"),
                arguments(
                        "a comparison that never ends", "table.sort({3, 2, 1}, function(a, b) while true do end end)"),
                arguments("a pattern", "return ('a'):rep(20000):match(('.-'):rep(20) .. 'b')"),
                arguments("a doubled string", "local s = 'x' while true do s = s .. s end"),
                arguments("a repeated string", "return ('x'):rep(2000000000)"),
                arguments("a string of many parts", "local s = ('x'):rep(200000) return table.concat({s, s, s})"),
                arguments("a substituted string", "local s = ('x'):rep(200000) return s:gsub('x', s)"),
                arguments("a growing table", "local t = {} while true do t[#t + 1] = {} end"),
                arguments("many values", "return unpack({}, 1, 2000000000)"),
                arguments("a wide number", "return string.format('%999999999d', 1)"));
    }

    @Test
    void aScriptCannotChangeTheStringsOfOthers() {
        assertThatThrownBy(() -> run("getmetatable('').__index.upper = nil")).isInstanceOf(LuaFailure.class);
        run("string.upper = function() return 'mine' end return {status = 'Healthy'}");
        assertThat(evaluate("string.upper('a') .. ('b'):upper()")).isEqualTo("AB");
    }

    @Test
    void aFailureNamesTheLine() {
        assertThatThrownBy(() -> run("local hs = {}\n\nhs.status = obj.nothing.phase\nreturn hs"))
                .hasMessageStartingWith("health.lua:3 ")
                .hasMessageContaining("nil");
        assertThatThrownBy(() -> run("local hs = {}\nif then")).hasMessageContaining("health.lua:2");
        assertThatThrownBy(() -> run("error('no good')"))
                .hasMessageContaining("health.lua:1")
                .hasMessageContaining("no good");
        assertThatThrownBy(() -> run("return 3"))
                .hasMessage("health.lua must return a table with status and message, not a number");
        assertThatThrownBy(() -> run("")).hasMessageContaining("must return a table");
    }

    @Test
    void bytecodeIsNoScript() {
        assertThatThrownBy(() -> run("\u001bLua\u0052")).isInstanceOf(LuaFailure.class);
    }

    private static LuaScript.Answer run(String script) {
        try {
            return new LuaScript("health.lua", script).run((ObjectNode) new ObjectMapper().readTree(OBJECT));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String evaluate(String expression) {
        return run("local value = " + expression + "\nreturn {status = 'Healthy', message = tostring(value)}")
                .message();
    }
}
