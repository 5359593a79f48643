package io.jenkins.plugins.gitops.casc;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.Configurator;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.RootElementConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.gitops.application.ApplicationDefinition;
import io.jenkins.plugins.gitops.application.ApplicationsAsCode;
import java.util.ArrayList;
import java.util.List;

/** The root entry {@code gitOps: applications:}. It comes last, for applications need clusters, credentials and tools. */
@Extension(optional = true, ordinal = -100)
public final class ApplicationsConfigurator extends BaseConfigurator<Applications>
        implements RootElementConfigurator<Applications> {
    private static final String APPLICATIONS = "applications";

    @NonNull
    @Override
    public String getName() {
        return "gitOps";
    }

    @Override
    public Class<Applications> getTarget() {
        return Applications.class;
    }

    @Override
    public Applications getTargetComponent(ConfigurationContext context) {
        return new Applications();
    }

    @Override
    protected Applications instance(Mapping mapping, ConfigurationContext context) {
        return new Applications();
    }

    /** Configuration as code asks this of everything before it changes anything. */
    @Override
    public Applications check(CNode node, ConfigurationContext context) throws ConfiguratorException {
        CNode listed = node.asMapping().get(APPLICATIONS);
        if (listed != null) {
            Configurator<ApplicationDefinition> each = context.lookupOrFail(ApplicationDefinition.class);
            List<ApplicationDefinition> definitions = new ArrayList<>();
            for (CNode definition : listed.clone().asSequence()) {
                definitions.add(each.check(definition, context));
            }
            try {
                ApplicationsAsCode.get().require(definitions);
            } catch (IllegalArgumentException e) {
                throw new ConfiguratorException(this, e.getMessage(), e);
            }
        }
        return super.check(node, context);
    }

    @CheckForNull
    @Override
    public CNode describe(Applications instance, ConfigurationContext context) throws Exception {
        return instance.getApplications().isEmpty() ? null : super.describe(instance, context);
    }
}
