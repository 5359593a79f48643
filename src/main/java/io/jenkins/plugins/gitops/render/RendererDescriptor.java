package io.jenkins.plugins.gitops.render;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.tools.ToolInstallation;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gitops.field.LineList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One of the choices of the form. */
public abstract class RendererDescriptor extends Descriptor<RendererSettings> {
    private final Supplier<String> displayName;

    RendererDescriptor(Class<? extends RendererSettings> type, Supplier<String> displayName) {
        super(type);
        this.displayName = displayName;
    }

    @Override
    public final String getDisplayName() {
        return displayName.get();
    }

    /** For text areas. */
    public final String text(List<String> items) {
        return LineList.text(items);
    }

    /** The answer about one field; whoever may not see the configuration learns nothing from it. */
    static FormValidation check(Item item, Supplier<Optional<String>> problem) {
        if (item == null || !item.hasPermission(Item.EXTENDED_READ)) {
            return FormValidation.ok();
        }
        return problem.get().map(FormValidation::error).orElseGet(FormValidation::ok);
    }

    /** What is configured stays visible, and is not lost by saving the form. */
    static ListBoxModel tools(Item item, ToolInstallation[] installations, String chosen) {
        ListBoxModel model = new ListBoxModel();
        boolean visible = item != null && item.hasPermission(Item.EXTENDED_READ);
        List<String> names = visible
                ? Stream.of(installations).map(ToolInstallation::getName).toList()
                : List.of();
        model.add(
                names.isEmpty()
                        ? Messages.RendererDescriptor_SearchPath()
                        : Messages.RendererDescriptor_FirstTool(names.get(0)),
                "");
        names.forEach(model::add);
        if (chosen != null && !chosen.isEmpty() && !names.contains(chosen)) {
            model.add(chosen);
        }
        return model;
    }
}
