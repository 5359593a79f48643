package io.jenkins.plugins.gitops.application;

/** What a check does with drift that it finds (SEMANTICS 8). */
public enum DriftPolicy {
    /** The build is unstable and its report says what drifted. */
    report,
    /** The same, and people are told: once, until it is other drift or gone ({@link GitOpsListener}). */
    alert,
    /** As report, and the last synced revision is applied again. */
    heal;

    /** For people. */
    public String getDescription() {
        return switch (this) {
            case report -> Messages.DriftPolicy_Report();
            case alert -> Messages.DriftPolicy_Alert();
            case heal -> Messages.DriftPolicy_Heal();
        };
    }
}
