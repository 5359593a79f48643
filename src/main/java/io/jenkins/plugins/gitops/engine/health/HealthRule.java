package io.jenkins.plugins.gitops.engine.health;

import io.jenkins.plugins.gitops.engine.model.Health;

/** The rule of one kind: a pure function of the live object. */
interface HealthRule {
    Health assess(LiveObject live);
}
