package io.jenkins.plugins.gitops.engine.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.gitops.engine.compare.Comparison;
import io.jenkins.plugins.gitops.engine.model.Application;
import io.jenkins.plugins.gitops.engine.model.Manifest;
import io.jenkins.plugins.gitops.engine.model.ResourceKey;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.model.SyncPolicy;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Basis;
import io.jenkins.plugins.gitops.engine.report.PlanReport.Live;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What a plan is made from, in a form that can be kept and shown to everybody.
 *
 * @param cluster address of the API server
 * @param manifests the rendered set
 */
public record PlanBasis(URI cluster, Application application, List<Manifest> manifests) {
    /** Some 50 ms: for one digest nothing, for a list of passwords to try a long time. */
    private static final int ROUNDS = 100_000;

    private static final int BITS = 256;

    public PlanBasis {
        manifests = List.copyOf(manifests);
    }

    /** @param hooks that the plan runs */
    public Basis of(Comparison comparison, String revision, List<HookTask> hooks) {
        return new Basis(
                "",
                application.uuid().toString(),
                digest(cluster.toString()),
                set(revision),
                policy(application.sync()),
                digest(ReportJson.compact(List.of(application.destination(), application.ignore()))),
                digest(ReportJson.compact(comparison.recorded())),
                live(comparison, hooks));
    }

    private String set(String revision) {
        String all = manifests.stream()
                .map(manifest -> manifest.content().toString())
                .collect(Collectors.joining("\n"));
        boolean secret = manifests.stream().anyMatch(Manifest::isConfidential);
        return secret ? slowDigest(all, application.uuid() + " " + revision) : digest(all);
    }

    /** What decides what is planned; not how long is waited, or how often it is tried. */
    private static List<String> policy(SyncPolicy policy) {
        List<String> words = new ArrayList<>();
        add(policy.prune(), "prune", words);
        add(policy.pruneNamespaces(), "pruneNamespaces", words);
        add(policy.pruneCustomResourceDefinitions(), "pruneCustomResourceDefinitions", words);
        add(policy.allowEmpty(), "allowEmpty", words);
        add(policy.adopt(), "adopt", words);
        add(policy.applyAll(), "applyAll", words);
        policy.options().stream().sorted().forEach(words::add);
        return words;
    }

    private static void add(boolean holds, String word, List<String> words) {
        if (holds) {
            words.add(word);
        }
    }

    private static List<Live> live(Comparison comparison, List<HookTask> hooks) {
        TreeMap<ResourceKey, Optional<ObjectNode>> seen = new TreeMap<>(Comparator.naturalOrder());
        comparison.objects().forEach(object -> seen.put(object.key(), object.live()));
        for (HookTask hook : hooks) {
            for (ObjectNode earlier : hook.desired().earlier()) {
                ResourceKey key = new ResourceKey(
                        hook.key().groupKind(),
                        hook.key().namespace(),
                        earlier.path("metadata").path("name").asText());
                seen.put(key, Optional.of(earlier));
            }
        }
        return seen.entrySet().stream()
                .map(entry -> new Live(
                        entry.getKey().toString(),
                        entry.getValue()
                                .map(object -> object.path("metadata")
                                        .path("resourceVersion")
                                        .asText())
                                .orElse(null)))
                .toList();
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }

    private static String slowDigest(String text, String salt) {
        try {
            PBEKeySpec spec =
                    new PBEKeySpec(digest(text).toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ROUNDS, BITS);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(spec)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no PBKDF2 with SHA-256", e);
        }
    }
}
