package io.jenkins.plugins.gitops.engine.render.signature;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line with a public key: {@code TYPE BASE64 COMMENT} as in a {@code .pub} file, or with principals and options before it as
 * in an allowed-signers file (ssh-keygen(1)).
 */
final class SshKeyLine {
    /** Words; quotes keep blanks together. */
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

    private static final Pattern TYPE = Pattern.compile("(sk-)?(ssh|ecdsa)-[a-z0-9-]+(@openssh\\.com)?");

    private final String option;

    private SshKeyLine(String option) {
        this.option = option;
    }

    static TrustedKeys.Ssh read(String option, String line) {
        return new SshKeyLine(option).read(line);
    }

    private TrustedKeys.Ssh read(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        for (int i = 0; i + 1 < words.size(); i++) {
            if (TYPE.matcher(words.get(i)).matches()) {
                String comment = String.join(" ", words.subList(i + 2, words.size()));
                String name = i == 0 ? comment : words.get(0);
                return new TrustedKeys.Ssh(
                        key(words.get(i), words.get(i + 1)), name, validity(words.subList(Math.min(1, i), i)));
            }
        }
        throw invalid("\"" + start(line) + "\" is neither a GPG nor an SSH public key");
    }

    private SshKey key(String type, String base64) {
        try {
            SshKey key = SshKey.of(Base64.getDecoder().decode(base64));
            if (key.type().equals(type)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Told below: what is wrong with it nobody can see from the reason.
        }
        throw invalid("the SSH key " + type + " " + start(base64) + " is damaged");
    }

    private SshValidity validity(List<String> words) {
        Optional<Instant> after = Optional.empty();
        Optional<Instant> before = Optional.empty();
        for (String setting : String.join(",", words).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            String value = setting.substring(setting.indexOf('=') + 1).replace("\"", "");
            if (setting.startsWith("valid-after=")) {
                after = Optional.of(moment(value));
            } else if (setting.startsWith("valid-before=")) {
                before = Optional.of(moment(value));
            } else if (!setting.isEmpty()
                    && !(setting.startsWith("namespaces=")
                            && List.of(value.split(",")).contains("git"))) {
                throw invalid("the option " + setting + " of an SSH key is not supported; there are valid-after,"
                        + " valid-before, and namespaces with git in it");
            }
        }
        return new SshValidity(after, before);
    }

    private Instant moment(String text) {
        try {
            return SshValidity.moment(text);
        } catch (DateTimeException e) {
            throw invalid(
                    "\"" + text + "\" is no time; write YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with a Z for UTC");
        }
    }

    private InvalidInputException invalid(String what) {
        return new InvalidInputException(option, what);
    }

    private static String start(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
