package io.jenkins.plugins.gitops.casc;

import hudson.Extension;
import io.jenkins.plugins.gitops.field.Lines;
import java.util.List;

/** Such as the JSON pointers of an ignore rule. */
@Extension(optional = true)
public final class LinesConfigurator extends ListConfigurator<Lines> {
    @Override
    public Class<Lines> getTarget() {
        return Lines.class;
    }

    @Override
    Lines ofText(String text) {
        return new Lines(text);
    }

    @Override
    Lines ofList(List<String> list) {
        return Lines.of(list);
    }

    @Override
    List<String> toList(Lines value) {
        return value.list();
    }
}
