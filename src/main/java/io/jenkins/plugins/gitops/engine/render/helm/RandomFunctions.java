package io.jenkins.plugins.gitops.engine.render.helm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Whether a chart calls a function whose result is another one each time, so that it is worth while to render it twice: only
 * then is it known whether the call is reached.
 */
final class RandomFunctions {
    /** Of Sprig and Helm; {@code lookup} is empty without a cluster, and so always the same. */
    private static final Pattern CALL = Pattern.compile("\\b(rand(Alpha|AlphaNum|Numeric|Ascii|Bytes|Int)|shuffle"
            + "|uuidv4|now|ago|genCA|genCAWithKey|genPrivateKey|genSelfSignedCert|genSelfSignedCertWithKey"
            + "|genSignedCert|genSignedCertWithKey|htpasswd|bcrypt|encryptAES)\\b");

    private static final int LARGEST = 64 << 20;

    private RandomFunctions() {}

    static boolean mayBeCalled(Collection<Path> files) {
        return files.stream().anyMatch(RandomFunctions::mentions);
    }

    private static boolean mentions(Path file) {
        String name = file.toString();
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
                try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = unpacked.readNBytes(LARGEST);
                }
            }
            return CALL.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
        } catch (IOException e) {
            // Helm will tell what is wrong with it; rendering twice is the safe answer.
            return true;
        }
    }
}
