package io.jenkins.plugins.gitops.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gitops.engine.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelFunctionsTest {
    private static final CelExpressions CEL = new CelExpressions();
    private static final String OBJECT = """
            spec: {replicas: 3, ratio: 0.5, paused: "true"}
            status:
              phase: Failed
              errors: [no such bucket, denied]
              conditions:
              - {type: Ready, status: "False", reason: NotFound, message: secret is missing}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "obj.text('spec.replicas')                        | 3",
                "obj.text('spec.ratio')                           | 0.5",
                "obj.number('spec.replicas')                      | 3",
                "obj.number('status.phase')                       | 0",
                "obj.spec.replicas == 3                           | true",
                "obj.flag('spec.paused')                          | true",
                "obj.text('status.errors')                        | ''",
                "obj.items('status.phase').size()                 | 0",
                "obj.given('status.nothing')                      | false",
                "obj.joined('status.phase')                       | Failed",
                "obj.joined('status.phase status.errors')         | Failed: no such bucket; denied",
                "obj.joined('status.nothing status.conditions')   | ''",
                "obj.joined('spec.replicas status.nothing spec.ratio') | 3: 0.5",
                "obj.says('Ready')                                | NotFound: secret is missing",
                "obj.says('Healthy')                              | Healthy is not set",
                "obj.isTerminal('Ready')                          | false",
                "obj.isFalse('Healthy')                           | false",
            })
    void whatIsAbsentOrOfAnotherTypeReadsAsEmpty(String expression, String expected) throws Exception {
        LiveObject live = new LiveObject(new YamlReader()
                .read("object.yaml", OBJECT.getBytes(StandardCharsets.UTF_8))
                .get(0)
                .content());
        Object value = CEL.compile(expression).evaluate(Map.of("obj", CelValues.all(live)));
        assertThat(value).hasToString(expected);
    }
}
