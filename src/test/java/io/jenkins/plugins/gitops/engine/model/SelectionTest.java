package io.jenkins.plugins.gitops.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    private static final ResourceKey WEB = new ResourceKey("apps", "Deployment", "shop", "web");
    private static final ResourceKey NAMESPACE = new ResourceKey("", "Namespace", "", "shop");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deployment.apps shop/web       | true  | false
            Deployment.apps web            | true  | false
            Deployment.apps other/web      | false | false
            Deployment shop/web            | false | false
            Deployment.apps shop/w*        | true  | false
            apps:Deployment:shop/web       | true  | false
            apps:Deployment:web            | true  | false
            *:*:shop/*                     | true  | false
            *:*:*                          | true  | true
            Namespace shop                 | false | true
            :Namespace:shop                | false | true
            """)
    void aKeyIsWrittenAsReportsPrintItOrAsArgoCdDoes(String text, boolean web, boolean namespace) {
        KeyPattern pattern = KeyPattern.parse("--only", text);

        assertThat(pattern.matches(WEB)).isEqualTo(web);
        assertThat(pattern.matches(NAMESPACE)).isEqualTo(namespace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web", "deployment/web", "a:b", "Deployment.apps shop/web more"})
    void whatIsNoKeyIsToldWithTheTwoForms(String text) {
        assertThatThrownBy(() -> KeyPattern.parse("--only", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--only")
                .hasMessageContaining("apps:Deployment:shop/web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=web                        | true
            app==web                       | true
            app=db                         | false
            app!=db                        | true
            tier!=x                        | true
            app in (db, web)               | true
            app notin (db,web)             | false
            app in (db),env=prod           | false
            app=web,env=prod               | true
            app                            | true
            tier                           | false
            !tier                          | true
            !app                           | false
            example.com/part=a.b_c         | true
            """)
    void aSelectorMeansWhatKubectlMeans(String text, boolean selected) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.withObject("/metadata/labels")
                .put("app", "web")
                .put("env", "prod")
                .put("example.com/part", "a.b_c");

        assertThat(LabelSelector.parse("--selector", text).selects(object)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=web", "app=a b", "app in db", "a,,b"})
    void whatIsNoSelectorIsTold(String text) {
        assertThatThrownBy(() -> LabelSelector.parse("--selector", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--selector");
    }
}
