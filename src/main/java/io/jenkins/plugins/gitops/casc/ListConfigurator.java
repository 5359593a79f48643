package io.jenkins.plugins.gitops.casc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.casc.Attribute;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Scalar;
import io.jenkins.plugins.casc.model.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a list, or the text that a form would hold; writes a list. */
abstract class ListConfigurator<T> implements Configurator<T> {
    abstract T ofText(String text);

    abstract T ofList(List<String> list);

    abstract List<String> toList(T value);

    @NonNull
    @Override
    public Set<Attribute<T, ?>> describe() {
        return Set.of();
    }

    @NonNull
    @Override
    public T configure(CNode node, ConfigurationContext context) throws ConfiguratorException {
        if (node.getType() != CNode.Type.SEQUENCE) {
            return ofText(text(node, context));
        }
        List<String> list = new ArrayList<>();
        for (CNode item : node.asSequence()) {
            list.add(text(item, context));
        }
        return ofList(list);
    }

    @Override
    public T check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return configure(node, context);
    }

    @CheckForNull
    @Override
    public CNode describe(T value, ConfigurationContext context) {
        Sequence list = new Sequence();
        toList(value).forEach(item -> list.add(new Scalar(item)));
        return list;
    }

    private static String text(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return context.getSecretSourceResolver().resolve(node.asScalar().getValue());
    }
}
