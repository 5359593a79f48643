package io.jenkins.plugins.gitops.render;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.gitops.engine.model.Substitution;
import io.jenkins.plugins.gitops.reconcile.HostValues;
import io.jenkins.plugins.gitops.reconcile.HostValues.Login;
import io.jenkins.plugins.gitops.reconcile.HostValues.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * What one build's rendering gets from Jenkins: parameters, and credentials in the context of the build's item, whose use is
 * recorded.
 */
public final class RunInputs {
    private final Run<?, ?> run;
    private final Job<?, ?> application;

    /** @param application whose settings these are; the build may be that of a pipeline which previews it */
    public RunInputs(Run<?, ?> run, Job<?, ?> application) {
        this.run = run;
        this.application = application;
    }

    private boolean isPreview() {
        return run.getParent() != application;
    }

    /**
     * @param keys for encrypted files
     * @param substitute null where variables are no variables
     * @throws AbortException when a credential does not exist for the item, or is of no use
     */
    public HostValues of(
            RendererSettings renderer, List<DecryptionKey> keys, @CheckForNull SubstituteSettings substitute)
            throws IOException, InterruptedException {
        Map<String, Value> variables = new HashMap<>();
        if (substitute != null) {
            if (substitute.isParameters()) {
                variables.putAll(parameters());
            }
            for (SubstituteCredential credential : substitute.getCredentials()) {
                add(credential, variables);
            }
        }
        List<String> ageKeys = new ArrayList<>();
        for (DecryptionKey key : keys) {
            String id = key.getCredentialsId();
            ageKeys.add(text(find(id, StandardCredentials.class, List.of()), id));
        }
        return new HostValues(variables, ageKeys, logins(renderer));
    }

    /** Those that a variable may be called after; whatever has no such name no manifest can ask for. */
    private Map<String, Value> parameters() {
        Map<String, Value> values = new HashMap<>();
        for (ParameterValue parameter : given()) {
            Object value = parameter.getValue();
            if (value == null || !Substitution.isName(parameter.getName())) {
                continue;
            }
            String text = value instanceof Secret secret ? secret.getPlainText() : value.toString();
            values.put(parameter.getName(), new Value(text, parameter.isSensitive()));
        }
        return values;
    }

    /** A preview has what the application's next sync would have; of the pipeline's own those that the application knows. */
    private List<ParameterValue> given() {
        ParametersAction action = run.getAction(ParametersAction.class);
        List<ParameterValue> given = action == null ? List.of() : action.getAllParameters();
        if (!isPreview()) {
            return given;
        }
        ParametersDefinitionProperty property = application.getProperty(ParametersDefinitionProperty.class);
        List<ParameterValue> known = new ArrayList<>();
        for (ParameterDefinition definition :
                property == null ? List.<ParameterDefinition>of() : property.getParameterDefinitions()) {
            given.stream()
                    .filter(value -> value.getName().equals(definition.getName()))
                    .findFirst()
                    .or(() -> Optional.ofNullable(definition.getDefaultParameterValue()))
                    .ifPresent(known::add);
        }
        return known;
    }

    private void add(SubstituteCredential credential, Map<String, Value> variables)
            throws IOException, InterruptedException {
        String id = credential.getCredentialsId();
        StandardCredentials found = find(id, StandardCredentials.class, List.of());
        if (found instanceof StandardUsernamePasswordCredentials login) {
            Value user = new Value(login.getUsername(), login.isUsernameSecret());
            Value password = new Value(login.getPassword().getPlainText(), true);
            variables.put("credentials:" + id + ":username", user);
            variables.put("credentials:" + id + ":password", password);
            if (!credential.getVariable().isEmpty()) {
                // As credentials() of a Declarative pipeline calls them.
                variables.put(credential.getVariable() + "_USR", user);
                variables.put(credential.getVariable() + "_PSW", password);
            }
            return;
        }
        Value value = new Value(text(found, id), true);
        variables.put("credentials:" + id, value);
        if (!credential.getVariable().isEmpty()) {
            variables.put(credential.getVariable(), value);
        }
    }

    private String text(StandardCredentials credentials, String id) throws IOException {
        if (credentials instanceof StringCredentials secret) {
            return secret.getSecret().getPlainText();
        }
        if (credentials instanceof FileCredentials file) {
            return new String(file.getContent().readAllBytes(), StandardCharsets.UTF_8);
        }
        throw new AbortException(
                Messages.RunInputs_OtherKind(id, run.getParent().getFullName()));
    }

    private List<Login> logins(RendererSettings renderer) throws IOException, InterruptedException {
        HelmChart chart = renderer instanceof HelmSettings helm ? helm.getChart() : null;
        if (chart == null || chart.getCredentialsId().isEmpty()) {
            return List.of();
        }
        String id = chart.getCredentialsId();
        String url = chart.getRepository();
        List<DomainRequirement> there = URIRequirementBuilder.fromUri(url).build();
        StandardUsernamePasswordCredentials login = find(id, StandardUsernamePasswordCredentials.class, there);
        return List.of(new Login(url, login.getUsername(), login.getPassword().getPlainText()));
    }

    private <T extends StandardCredentials> T find(String id, Class<T> type, List<DomainRequirement> where)
            throws IOException, InterruptedException {
        T found = CredentialsProvider.findCredentialById(id, type, run, where);
        if (found == null) {
            throw new AbortException(
                    Messages.RunInputs_NoCredential(id, run.getParent().getFullName()));
        }
        if (isPreview() && !isTheApplications(found, type, where)) {
            throw new AbortException(
                    Messages.RunInputs_Another(id, run.getParent().getFullName(), application.getFullName()));
        }
        CredentialsProvider.track(run, found);
        return found;
    }

    /**
     * A pipeline gets through an application no credential that its own folder has not, and nothing is compared with another
     * folder's secret of the same name.
     */
    private <T extends StandardCredentials> boolean isTheApplications(
            T found, Class<T> type, List<DomainRequirement> where) throws IOException {
        T own = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItem(type, application, ACL.SYSTEM2, where),
                CredentialsMatchers.withId(found.getId()));
        return own != null && (own == found || content(own).equals(content(found)));
    }

    private String content(StandardCredentials credentials) throws IOException {
        return credentials instanceof StandardUsernamePasswordCredentials login
                ? login.getUsername() + "\n" + login.getPassword().getPlainText()
                : text(credentials, credentials.getId());
    }
}
