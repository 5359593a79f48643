package io.jenkins.plugins.gitops.application;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.scm.SCM;
import java.util.List;

/** The one branch or tag by which a source is asked for, where there is one: a signed tag vouches for its commit only under its name. */
final class AskedRevision {
    private AskedRevision() {}

    /** Empty when there are several, or a pattern or a variable that may mean several. */
    static String of(SCM scm) {
        if (!(scm instanceof GitSCM git) || git.getBranches().size() != 1) {
            return "";
        }
        List<BranchSpec> branches = git.getBranches();
        String name = branches.get(0).getName();
        return name.startsWith(":") || name.contains("*") || name.contains("$") ? "" : name;
    }
}
