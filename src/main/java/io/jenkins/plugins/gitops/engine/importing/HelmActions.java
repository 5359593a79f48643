package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;

/** What a HelmRelease says of Helm's actions: {@code install}, {@code upgrade}, {@code test}, {@code rollback}, {@code uninstall}. */
final class HelmActions {
    private static final String ONE_SYNC = "installing and upgrading are both a sync here";
    private static final String NO_ACTION = "there is no such action of Helm here";

    private final Fields install;
    private final Fields upgrade;
    private final Fields test;
    private final Fields rollback;
    private final Fields uninstall;

    HelmActions(Fields fields) {
        this.install = fields.block("install");
        this.upgrade = fields.block("upgrade");
        this.test = fields.block("test");
        this.rollback = fields.block("rollback");
        this.uninstall = fields.block("uninstall");
    }

    void addToHelm(Form helm) {
        boolean skip = install.flag("skipCRDs")
                || install.text("crds").filter("Skip"::equals).isPresent();
        helm.flag("skipCrds", skip);
        install.note(
                "crds",
                skip
                        ? "the chart's CustomResourceDefinitions are left out"
                        : "the chart's CustomResourceDefinitions belong to the application and are kept up to date",
                "");
        upgrade.note(
                "crds",
                "the chart's CustomResourceDefinitions are kept up to date, or left out, with helm.skipCrds",
                "");
        helm.flag("skipSchemaValidation", either("disableSchemaValidation"));
    }

    /** Of {@code sync.options}. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        if (install.flag("createNamespace")) {
            options.add("CreateNamespace=true");
        }
        if (either("disableOpenAPIValidation")) {
            options.add("Validate=false");
        }
        if (upgrade.flag("force")) {
            options.add("Replace=true");
        }
        boolean clientSide = !install.choice("serverSideApply").orElse(true)
                || upgrade.text("serverSideApply").filter("disabled"::equals).isPresent();
        if (clientSide) {
            options.add("ServerSideApply=false");
        }
        upgrade.note("serverSideApply", "a sync applies server-side, unless it is disabled here", "");
        install.note("serverSideApply", "a sync applies server-side, unless it is disabled here", "");
        return options;
    }

    /** Whether a sync waits for health. Called once. */
    boolean waits() {
        boolean both = install.flag("disableWait") && upgrade.flag("disableWait");
        if (!both) {
            install.unmapped("disableWait", ONE_SYNC + ", so it waits", "set sync.wait: false if none shall");
            upgrade.unmapped("disableWait", ONE_SYNC + ", so it waits", "set sync.wait: false if none shall");
        }
        return !both;
    }

    void finish() {
        installAndUpgrade(install);
        installAndUpgrade(upgrade);
        install.note("replace", NO_ACTION, "");
        upgrade.unmapped("cleanupOnFail", "what a failed sync made stays", "the next sync goes on from there");
        upgrade.unmapped(
                "preserveValues",
                "values of an earlier release are not kept",
                "write all values into the application file");
        upgrade.note(
                "chartNameChangeStrategy", "another chart is just another desired state: what it lacks is pruned", "");
        install.finish();
        upgrade.finish();
        test();
        rollback();
        uninstall();
    }

    private static void installAndUpgrade(Fields action) {
        action.unmapped("disableHooks", "hooks of a chart run in a sync", "take them out by the chart's values");
        action.unmapped(
                "disableTakeOwnership",
                "objects that nobody tracks are taken over; those of another application are not",
                "set sync.options FailOnSharedResource=true to end the sync at those");
        action.note("disableWaitForJobs", "a sync waits for Jobs as for all objects", "");
        action.note("timeout", ONE_SYNC + "; its timeout is sync.timeout", "");
        action.unmapped(
                "remediation",
                "a sync that failed is not rolled back by itself",
                "gitops rollback goes back, and stays there; sync.retry tries again what may pass");
        action.note("strategy", "sync.retry says how often a failed sync is tried again", "");
    }

    private void test() {
        test.unmapped(
                "enable",
                "helm test is not run",
                "run it from a pipeline after the sync, or make the test a PostSync hook");
        test.note("filters", "helm test is not run", "")
                .note("ignoreFailures", "helm test is not run", "")
                .note("timeout", "helm test is not run", "");
        test.finish();
    }

    private void rollback() {
        for (String field : List.of(
                "timeout",
                "cleanupOnFail",
                "disableHooks",
                "disableWait",
                "disableWaitForJobs",
                "force",
                "recreate",
                "serverSideApply")) {
            rollback.note(
                    field,
                    "nothing is rolled back by itself; gitops rollback applies what an earlier sync applied",
                    "");
        }
        rollback.finish();
    }

    private void uninstall() {
        for (String field : List.of("timeout", "disableHooks", "disableWait", "keepHistory", "deletionPropagation")) {
            uninstall.note(field, "how an application is deleted is said to gitops delete, or in Jenkins", "");
        }
        uninstall.finish();
    }

    private boolean either(String field) {
        boolean installing = install.flag(field);
        return upgrade.flag(field) || installing;
    }
}
