package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.compare.IgnoreRules;
import io.jenkins.plugins.gitops.engine.model.IgnoreRule;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.field.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Fields in which Git has no say (SEMANTICS 4), as the form holds an {@link IgnoreRule}. */
public final class IgnoreSettings extends AbstractDescribableImpl<IgnoreSettings> {
    private static final String EVERY = "*";

    /** An empty text is lost on the way through forms and configuration as code. */
    private static final String CORE = "core";

    private String group;
    private String kind;
    private String namespace;
    private String name;
    private String jsonPointers;
    private String jqPathExpressions;
    private String managedFieldsManagers;

    @DataBoundConstructor
    public IgnoreSettings() {
        // A rule is for every object until it says otherwise.
    }

    /** A glob; {@value #CORE} is the group that has no name. */
    @NonNull
    public String getGroup() {
        return group == null ? EVERY : group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    @NonNull
    public String getKind() {
        return kind == null ? EVERY : kind;
    }

    @DataBoundSetter
    public void setKind(String kind) {
        this.kind = Util.fixEmptyAndTrim(kind);
    }

    @NonNull
    public String getNamespace() {
        return namespace == null ? EVERY : namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @NonNull
    public String getName() {
        return name == null ? EVERY : name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public Lines getJsonPointers() {
        return new Lines(jsonPointers);
    }

    @DataBoundSetter
    public void setJsonPointers(Lines jsonPointers) {
        this.jsonPointers = Util.fixEmpty(jsonPointers.text());
    }

    public Lines getJqPathExpressions() {
        return new Lines(jqPathExpressions);
    }

    @DataBoundSetter
    public void setJqPathExpressions(Lines jqPathExpressions) {
        this.jqPathExpressions = Util.fixEmpty(jqPathExpressions.text());
    }

    public Words getManagedFieldsManagers() {
        return new Words(managedFieldsManagers);
    }

    @DataBoundSetter
    public void setManagedFieldsManagers(Words managedFieldsManagers) {
        this.managedFieldsManagers = Util.fixEmpty(managedFieldsManagers.text());
    }

    /** The engine's form. */
    public IgnoreRule toRule() {
        return new IgnoreRule(
                CORE.equals(getGroup()) ? "" : getGroup(),
                getKind(),
                getNamespace(),
                getName(),
                getJsonPointers().list(),
                getJqPathExpressions().list(),
                getManagedFieldsManagers().list());
    }

    /** Why this is no rule; empty when it is one. */
    Optional<String> problem() {
        IgnoreRule rule = toRule();
        return rule.jsonPointers().isEmpty()
                        && rule.jqPathExpressions().isEmpty()
                        && rule.managedFieldsManagers().isEmpty()
                ? Optional.of(Messages.IgnoreSettings_Nothing(getKind(), getName()))
                : problem(rule);
    }

    private static Optional<String> problem(IgnoreRule rule) {
        try {
            new IgnoreRules(List.of(rule));
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(e.problems().stream().map(Problem::what).collect(Collectors.joining("\n")));
        }
    }

    /** The form. */
    @Extension
    @Symbol("ignoreRule")
    public static final class DescriptorImpl extends Descriptor<IgnoreSettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.IgnoreSettings_DisplayName();
        }

        @POST
        public FormValidation doCheckJsonPointers(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, new Lines(value).list(), List.of());
        }

        @POST
        public FormValidation doCheckJqPathExpressions(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, List.of(), new Lines(value).list());
        }

        /** Whoever may not see the configuration learns nothing from a check. */
        private static FormValidation check(Item item, List<String> pointers, List<String> expressions) {
            if (item == null || !item.hasPermission(Item.EXTENDED_READ)) {
                return FormValidation.ok();
            }
            return problem(new IgnoreRule(EVERY, EVERY, EVERY, EVERY, pointers, expressions, List.of()))
                    .map(FormValidation::error)
                    .orElseGet(FormValidation::ok);
        }
    }
}
