package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends each object to what knows its kind. */
final class Mappings {
    private final ForeignObjects objects;
    private final Findings findings;
    private final ArgoApplication argo;

    Mappings(ImportOptions options, ForeignObjects objects, Findings findings) {
        this.objects = objects;
        this.findings = findings;
        this.argo = new ArgoApplication(options, findings);
    }

    /** In the order of the input. */
    List<Draft> drafts() {
        List<Draft> drafts = new ArrayList<>();
        Map<String, ForeignObject> seen = new HashMap<>();
        for (ForeignObject object : objects.all()) {
            ForeignObject before = seen.putIfAbsent(object.group() + " " + object, object);
            if (before == null) {
                draft(object).ifPresent(drafts::add);
            } else if (before.content().equals(object.content())) {
                findings.note(object, "", "is the same as at " + before.where("") + "; it is read once", "");
            } else {
                findings.unmapped(
                        object,
                        "",
                        "there is another one of this name at " + before.where("") + ", which is read; this one is not",
                        "give only one of them; of an overlay, what kustomize build prints");
            }
        }
        return drafts;
    }

    private Optional<Draft> draft(ForeignObject object) {
        if (object.is(ArgoApplication.GROUP, "Application")) {
            return argo.map(object);
        }
        if (object.is(ArgoApplication.GROUP, "AppProject")) {
            ArgoProject.tell(object, findings);
        } else {
            OtherKinds.tell(object, findings);
        }
        return Optional.empty();
    }
}
