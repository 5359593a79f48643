package io.jenkins.plugins.gitops.engine.model;

import java.util.Collection;

/** The worst of an application's objects (SEMANTICS 4). */
public enum ApplicationVerdict {
    InSync,
    OutOfSync,
    Unknown;

    /** OutOfSync when anything is Drifted, Missing or Extra; otherwise Unknown when anything is Unknown. */
    public static ApplicationVerdict of(Collection<Verdict> objects) {
        if (objects.contains(Verdict.Drifted) || objects.contains(Verdict.Missing) || objects.contains(Verdict.Extra)) {
            return OutOfSync;
        }
        return objects.contains(Verdict.Unknown) ? Unknown : InSync;
    }
}
