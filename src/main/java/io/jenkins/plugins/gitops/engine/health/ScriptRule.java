package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.health.lua.LuaFailure;
import io.jenkins.plugins.gitops.engine.health.lua.LuaScript;
import io.jenkins.plugins.gitops.engine.model.Health;
import io.jenkins.plugins.gitops.engine.model.HealthCheck;
import io.jenkins.plugins.gitops.engine.model.HealthStatus;
import java.util.Arrays;
import java.util.Optional;

/** A Lua script with Argo CD's contract. What goes wrong in it is Unknown, and names its line. */
final class ScriptRule implements HealthRule {
    private final LuaScript script;

    ScriptRule(HealthCheck.Script check) {
        String kind = check.group().isEmpty() ? check.kind() : check.group() + "/" + check.kind();
        this.script = new LuaScript("health script of " + kind, check.lua());
    }

    @Override
    public Health assess(LiveObject live) {
        try {
            LuaScript.Answer answer = script.run(live.content());
            Optional<HealthStatus> status = Arrays.stream(HealthStatus.values())
                    .filter(known -> known.name().equals(answer.status()))
                    .findFirst();
            return status.map(known -> new Health(known, answer.message()))
                    .orElseGet(() -> new Health(
                            HealthStatus.Unknown,
                            "its health script gave the status \"" + answer.status() + "\", which is none of "
                                    + Arrays.toString(HealthStatus.values())));
        } catch (LuaFailure e) {
            return new Health(HealthStatus.Unknown, e.getMessage());
        }
    }
}
