package io.jenkins.plugins.gitops.engine.application;

import io.jenkins.plugins.gitops.engine.model.HelmOptions;
import io.jenkins.plugins.gitops.engine.model.HelmOptions.FileParameter;
import io.jenkins.plugins.gitops.engine.model.HelmOptions.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code source.helm}: the fields of Argo CD, and includeCRDs as Helm has it. */
final class HelmForm {
    private HelmForm() {}

    static HelmOptions read(Block block) {
        HelmOptions options = new HelmOptions(
                block.text("releaseName").orElse(""),
                block.text("namespace").orElse(""),
                block.texts("valueFiles"),
                block.flag("ignoreMissingValueFiles", false),
                values(block),
                parameters(block),
                fileParameters(block),
                includeCrds(block),
                block.flag("skipTests", false),
                block.flag("skipSchemaValidation", false),
                block.text("kubeVersion").orElse(""),
                block.texts("apiVersions"));
        block.notYet("version", "passCredentials");
        block.finish();
        return options;
    }

    private static String values(Block block) {
        String object = block.mapping("valuesObject").map(Object::toString).orElse("");
        String text = block.text("values").orElse("");
        if (!object.isEmpty() && !text.isEmpty()) {
            block.report("values", "values and valuesObject say the same in two ways; write one of them");
        }
        return object.isEmpty() ? text : object;
    }

    private static boolean includeCrds(Block block) {
        boolean include = block.flag("includeCRDs", true);
        boolean skip = block.flag("skipCrds", !include);
        if (block.has("includeCRDs") && block.has("skipCrds") && include == skip) {
            block.report("skipCrds", "includeCRDs and skipCrds contradict each other; write one of them");
        }
        return !skip;
    }

    private static List<Parameter> parameters(Block block) {
        List<Parameter> parameters = new ArrayList<>();
        for (Block item : block.blocks("parameters")) {
            parameters.add(new Parameter(
                    item.required("name", "the value's name, such as image.tag"),
                    item.text("value").orElse(""),
                    item.flag("forceString", false)));
            item.finish();
        }
        return parameters;
    }

    private static List<FileParameter> fileParameters(Block block) {
        List<FileParameter> parameters = new ArrayList<>();
        for (Block item : block.blocks("fileParameters")) {
            parameters.add(new FileParameter(
                    item.required("name", "the value's name, such as script"),
                    item.required("path", "the file whose text is the value")));
            item.finish();
        }
        return parameters;
    }
}
