package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Problem;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.engine.render.signature.SignatureCheck;
import io.jenkins.plugins.gitops.field.Lines;
import io.jenkins.plugins.gitops.reconcile.HostValues;
import io.jenkins.plugins.gitops.render.AutoSettings;
import io.jenkins.plugins.gitops.render.DecryptionKey;
import io.jenkins.plugins.gitops.render.RendererSettings;
import io.jenkins.plugins.gitops.render.RunInputs;
import io.jenkins.plugins.gitops.render.SubstituteSettings;
import io.jenkins.plugins.gitops.tool.ToolChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which files of the checkout are the application's manifests. */
public final class SourceSettings extends AbstractDescribableImpl<SourceSettings> {
    private final String path;
    private boolean recurse = true;
    private String include;
    private String exclude;
    private RendererSettings renderer;
    private SubstituteSettings substitute;
    private String trustedKeys;
    private List<DecryptionKey> decryptionKeys;

    /** @param path a folder of the checkout; null or empty for its root */
    @DataBoundConstructor
    public SourceSettings(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    public String getPath() {
        return Util.fixNull(path);
    }

    public boolean isRecurse() {
        return recurse;
    }

    @DataBoundSetter
    public void setRecurse(boolean recurse) {
        this.recurse = recurse;
    }

    /** Globs relative to the path. */
    public Lines getInclude() {
        return new Lines(include);
    }

    @DataBoundSetter
    public void setInclude(Lines include) {
        this.include = Util.fixEmpty(include.text());
    }

    /** Globs relative to the path. */
    public Lines getExclude() {
        return new Lines(exclude);
    }

    @DataBoundSetter
    public void setExclude(Lines exclude) {
        this.exclude = Util.fixEmpty(exclude.text());
    }

    @NonNull
    public RendererSettings getRenderer() {
        return renderer == null ? new AutoSettings() : renderer;
    }

    @DataBoundSetter
    public void setRenderer(@CheckForNull RendererSettings renderer) {
        this.renderer = renderer instanceof AutoSettings ? null : renderer;
    }

    /** Whether and with what variables in manifests are replaced; null when they are text like any other. */
    @CheckForNull
    public SubstituteSettings getSubstitute() {
        return substitute;
    }

    @DataBoundSetter
    public void setSubstitute(@CheckForNull SubstituteSettings substitute) {
        this.substitute = substitute;
    }

    /** Public keys, GPG or SSH, one of which must have signed what is synced; empty when nobody asks for a signature. */
    @NonNull
    public String getTrustedKeys() {
        return Util.fixNull(trustedKeys);
    }

    @DataBoundSetter
    public void setTrustedKeys(String trustedKeys) {
        this.trustedKeys = Util.fixNull(trustedKeys).isBlank() ? null : trustedKeys.replace("\r\n", "\n");
    }

    /** For files that SOPS encrypted; one that fits is enough. */
    @NonNull
    public List<DecryptionKey> getDecryptionKeys() {
        return Util.fixNull(decryptionKeys);
    }

    @DataBoundSetter
    public void setDecryptionKeys(List<DecryptionKey> decryptionKeys) {
        this.decryptionKeys = Util.fixNull(decryptionKeys).isEmpty() ? null : new ArrayList<>(decryptionKeys);
    }

    /**
     * What only a build knows.
     *
     * @param run of the application, or of a pipeline that previews it
     */
    public HostValues inputs(Run<?, ?> run, GitOpsApplication application) throws IOException, InterruptedException {
        return new RunInputs(run, application).of(getRenderer(), getDecryptionKeys(), substitute);
    }

    /** Where the values of variables come from. */
    public Substitution substitution() {
        return substitute == null ? Substitution.NONE : substitute.toSubstitution();
    }

    /** The engine's form. The checkout is the host's work, so its repository and revision stay empty. */
    public Source toSource() {
        return toSource("");
    }

    /** @param asked the branch or tag that is checked out, which matters where a signature is asked for; may be empty */
    Source toSource(String asked) {
        return getRenderer().applyTo(files(asked));
    }

    private Source files(String asked) {
        Source files = new Source(
                "", "", getPath(), recurse, getInclude().list(), getExclude().list());
        return trustedKeys == null ? files : files.withRevision(asked).withTrustedKeys(List.of(trustedKeys));
    }

    /** The tools that it names. */
    public ToolChoice tools() {
        return getRenderer().tools();
    }

    /** The folder that holds all that it reads unless its files name others; empty for the whole checkout. */
    String folder() {
        boolean elsewhere = toSource().isChart();
        return elsewhere ? "" : getPath();
    }

    /** Why these are no settings; empty when they are. */
    public Optional<String> problem() {
        return problemOfPath(getPath())
                .or(() -> getRenderer().problem())
                .or(this::useless)
                .or(() -> substitute == null ? Optional.empty() : substitute.problem())
                .or(() -> problemOfKeys(getTrustedKeys()))
                .or(() -> getDecryptionKeys().stream()
                        .flatMap(key -> key.problem().stream())
                        .findFirst());
    }

    private Optional<String> useless() {
        boolean narrowed = !recurse
                || !getInclude().list().isEmpty()
                || !getExclude().list().isEmpty();
        Source first = toSource().all().get(0);
        boolean tool = first.renderer() == RendererKind.helm || first.renderer() == RendererKind.kustomize;
        return narrowed && tool && !first.isChart()
                ? Optional.of(Messages.SourceSettings_Useless(
                        getRenderer().getDescriptor().getDisplayName()))
                : Optional.empty();
    }

    private static Optional<String> problemOfKeys(String keys) {
        try {
            if (!keys.isBlank()) {
                SignatureCheck.requireKeys(List.of(keys));
            }
            return Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.of(e.problems().stream().map(Problem::what).collect(Collectors.joining("\n")));
        }
    }

    /** Why a text cannot be a folder of the checkout; empty when it can. */
    static Optional<String> problemOfPath(String path) {
        String text = Util.fixNull(path).strip();
        if (text.startsWith("/") || text.startsWith("\\") || text.matches("[A-Za-z]:.*")) {
            return Optional.of(Messages.SourceSettings_PathAbsolute());
        }
        if (List.of(text.split("[/\\\\]")).contains("..")) {
            return Optional.of(Messages.SourceSettings_PathOutside());
        }
        return Optional.empty();
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SourceSettings> {
        @Override
        public String getDisplayName() {
            return Messages.SourceSettings_DisplayName();
        }

        /** The choices of the form, in their order. */
        public List<Descriptor<RendererSettings>> getRenderers() {
            return Jenkins.get().getDescriptorList(RendererSettings.class);
        }

        @POST
        public FormValidation doCheckPath(@AncestorInPath Item item, @QueryParameter String value) {
            return answer(item, () -> problemOfPath(value));
        }

        @POST
        public FormValidation doCheckTrustedKeys(@AncestorInPath Item item, @QueryParameter String value) {
            return answer(item, () -> problemOfKeys(Util.fixNull(value)));
        }

        /** Whoever may not see the configuration learns nothing from a check. */
        private static FormValidation answer(@CheckForNull Item item, Supplier<Optional<String>> problem) {
            return item != null && item.hasPermission(Item.EXTENDED_READ)
                    ? problem.get().map(FormValidation::error).orElseGet(FormValidation::ok)
                    : FormValidation.ok();
        }
    }
}
