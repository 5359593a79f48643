package io.jenkins.plugins.gitops.engine.compare;

import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.ObjectOptions;

/**
 * What an application says of how its objects are compared.
 *
 * @param ignore fields that are not compared
 * @param adopt objects that another application tracks are compared as if they were free to take
 * @param options sync options of every object that does not say otherwise
 * @param preflight ask the cluster whether it would take what is missing; without, it is known when it is written
 */
public record ComparisonRules(IgnoreRules ignore, boolean adopt, ObjectOptions options, boolean preflight) {
    public static ComparisonRules of(Application application) {
        return new ComparisonRules(
                new IgnoreRules(application.ignore()),
                application.sync().adopt(),
                ObjectOptions.of(application.sync().options()),
                true);
    }

    public ComparisonRules withPreflight(boolean other) {
        return new ComparisonRules(ignore, adopt, options, other);
    }
}
