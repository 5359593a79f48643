package io.jenkins.plugins.gitops.engine.importing;

import java.util.ArrayList;
import java.util.List;

/** {@code source.helm} of Argo CD, whose names are ours. */
final class ArgoHelm {
    private final Fields fields;
    private final BuildEnvironment environment;

    ArgoHelm(Fields fields, BuildEnvironment environment) {
        this.fields = fields;
        this.environment = environment;
    }

    Form map() {
        Form form = new Form()
                .text("releaseName", fields.text("releaseName"))
                .text("namespace", fields.text("namespace"))
                .texts("valueFiles", valueFiles())
                .flag("ignoreMissingValueFiles", fields.flag("ignoreMissingValueFiles"));
        values(form);
        form.blocks("parameters", parameters())
                .blocks("fileParameters", fileParameters())
                .flag("skipCrds", fields.flag("skipCrds"))
                .flag("skipTests", fields.flag("skipTests"))
                .flag("skipSchemaValidation", fields.flag("skipSchemaValidation"))
                .text("kubeVersion", fields.text("kubeVersion"))
                .texts("apiVersions", fields.texts("apiVersions"));
        fields.note("version", "the installed helm renders every chart", "choose another with --helm, or in Jenkins");
        fields.unmapped(
                "passCredentials",
                "a credential of a chart repository goes to that repository only",
                "where its charts lie on another host, use helm repo add --pass-credentials, or an OCI repository");
        fields.finish();
        return form;
    }

    private List<String> valueFiles() {
        List<String> files = fields.texts("valueFiles");
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).contains("://")) {
                fields.unmapped(
                        "valueFiles",
                        i,
                        "a values file is not fetched from a URL",
                        "commit it, or lend it from a further source with ref, as $ref/path");
            } else {
                // $name/… is another source.
                kept.add(
                        files.get(i).startsWith("$") && !files.get(i).startsWith("$ARGOCD_")
                                ? files.get(i)
                                : environment.resolve(fields, "valueFiles", files.get(i)));
            }
        }
        return kept;
    }

    private void values(Form form) {
        String text = fields.text("values").orElse("");
        if (fields.mapping("valuesObject").isPresent()) {
            form.set("valuesObject", fields.mapping("valuesObject").get());
            fields.note("values", "has no effect beside valuesObject, in Argo CD either", "");
        } else {
            form.text("values", text);
        }
    }

    private List<Form> parameters() {
        List<Form> parameters = new ArrayList<>();
        for (Fields parameter : fields.blocks("parameters")) {
            String value = environment.resolve(
                    parameter, "value", parameter.text("value").orElse(""));
            parameters.add(new Form()
                    .text("name", parameter.text("name"))
                    .text("value", value)
                    .flag("forceString", parameter.flag("forceString")));
            parameter.finish();
        }
        return parameters;
    }

    private List<Form> fileParameters() {
        List<Form> parameters = new ArrayList<>();
        for (Fields parameter : fields.blocks("fileParameters")) {
            String path = environment.resolve(
                    parameter, "path", parameter.text("path").orElse(""));
            parameters.add(new Form().text("name", parameter.text("name")).text("path", path));
            parameter.finish();
        }
        return parameters;
    }
}
