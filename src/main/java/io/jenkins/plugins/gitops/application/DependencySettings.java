package io.jenkins.plugins.gitops.application;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which applications must be in sync and healthy before this one is synced (SEMANTICS 8). */
public final class DependencySettings extends AbstractDescribableImpl<DependencySettings> {
    /** As somebody wrote them: relative to the application's folder, or absolute with a leading slash. */
    private final List<String> applications;

    /** The folder to which the names are relative, for when that is renamed; null before there is one. */
    private transient String folder;

    /** @param applications names; each may be several, separated by commas, as a form submits them */
    @DataBoundConstructor
    public DependencySettings(List<String> applications) {
        this.applications = new ArrayList<>(applications.stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
    }

    static DependencySettings none() {
        return new DependencySettings(List.of());
    }

    public List<String> getApplications() {
        return List.copyOf(applications);
    }

    /** For the form. */
    public String getText() {
        return String.join(", ", applications);
    }

    boolean isEmpty() {
        return applications.isEmpty();
    }

    /** The full names of what the names mean in a folder. */
    List<String> in(String fullNameOfFolder) {
        FolderNames names = new FolderNames(fullNameOfFolder);
        return applications.stream().map(names::absolute).toList();
    }

    /** The names are written in that folder. A move of the application does not change that: {@link #followed} does. */
    void attach(String fullNameOfFolder) {
        folder = folder == null ? fullNameOfFolder : folder;
    }

    /**
     * These, after something got another full name; itself when that changes nothing.
     *
     * @param now the folder in which the application is by now
     */
    DependencySettings followed(String now, String before, String after) {
        FolderNames earlier = new FolderNames(folder == null ? now : folder);
        FolderNames here = new FolderNames(now);
        DependencySettings next = new DependencySettings(applications.stream()
                .map(name -> here.followed(name, earlier, before, after))
                .toList());
        if (next.applications.equals(applications)) {
            folder = now;
            return this;
        }
        return next;
    }

    /** The form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<DependencySettings> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DependencySettings_DisplayName();
        }

        @POST
        public FormValidation doCheckApplications(@AncestorInPath Item item, @QueryParameter String value) {
            if (!(item instanceof GitOpsApplication application) || !item.hasPermission(Item.EXTENDED_READ)) {
                return FormValidation.ok();
            }
            DependencySettings typed = new DependencySettings(List.of(Util.fixNull(value)));
            return new DependencyRules(application)
                    .problemOfForm(typed)
                    .map(FormValidation::error)
                    .orElseGet(FormValidation::ok);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteApplications(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String value) {
            return item != null && item.hasPermission(Item.CONFIGURE)
                    ? AutoCompletionCandidates.ofJobNames(
                            GitOpsApplication.class, Util.fixNull(value), item, item.getParent())
                    : new AutoCompletionCandidates();
        }
    }
}
