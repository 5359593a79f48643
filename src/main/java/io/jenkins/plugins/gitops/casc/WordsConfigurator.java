package io.jenkins.plugins.gitops.casc;

import hudson.Extension;
import io.jenkins.plugins.gitops.field.Words;
import java.util.List;

/** Such as the namespaces that a cluster allows. */
@Extension(optional = true)
public final class WordsConfigurator extends ListConfigurator<Words> {
    @Override
    public Class<Words> getTarget() {
        return Words.class;
    }

    @Override
    Words ofText(String text) {
        return new Words(text);
    }

    @Override
    Words ofList(List<String> list) {
        return Words.of(list);
    }

    @Override
    List<String> toList(Words value) {
        return value.list();
    }
}
