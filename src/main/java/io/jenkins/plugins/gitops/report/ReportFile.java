package io.jenkins.plugins.gitops.report;

/** The documents that are kept beside a build or an application. */
enum ReportFile {
    drift("drift.json"),
    sync("sync.json"),
    plan("plan.json"),
    health("health.json"),
    manifests("manifests.yaml");

    private final String fileName;

    ReportFile(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }
}
