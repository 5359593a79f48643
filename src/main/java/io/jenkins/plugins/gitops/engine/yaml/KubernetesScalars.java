package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a scalar means, by the rules of kubectl (sigs.k8s.io/yaml on goyaml.v2: YAML 1.1 with some of 1.2):
 *
 * <ul>
 *   <li>unquoted {@code y}, {@code yes}, {@code on}, {@code true} and {@code n}, {@code no}, {@code off}, {@code false} are
 *       booleans, as a key too;
 *   <li>{@code 0644}, {@code 0o644} and {@code 0b1}, {@code 0x1F} are whole numbers, {@code _} in a number is ignored;
 *   <li>a number is a 64-bit integer or a 64-bit float: what does not fit is rounded; a float without a fraction becomes an
 *       integer; what overflows a float is a string;
 *   <li>timestamps and base-60 numbers are strings, as is everything quoted.
 * </ul>
 */
final class KubernetesScalars {
    private static final String TAGS = "tag:yaml.org,2002:";
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Pattern NOT_FINITE = Pattern.compile("\\.(nan|NaN|NAN)|[-+]?\\.(inf|Inf|INF)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[1-9][0-9]*");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[oO]?[0-7]+|[-+]?0");
    private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0[xX][0-9a-fA-F]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0[bB][01]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern POINT_FIRST = Pattern.compile("\\.[0-9](_?[0-9])*+([eE][-+]?[0-9]+)?");
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].{5,})?");
    /** Longer ones cannot be 64-bit whole numbers, and would be slow to look at. */
    private static final int LONGEST_INTEGER = 80;

    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

    private KubernetesScalars() {}

    /**
     * The value of a scalar without a tag.
     *
     * @throws IllegalArgumentException when it has none; the message is for the writer of the text
     */
    static JsonNode untagged(String text, boolean plain) {
        return plain ? resolve(text) : TextNode.valueOf(text);
    }

    /** The value of a scalar with this tag; the same errors. */
    static JsonNode tagged(String tag, String text) {
        if (tag.equals("!")) {
            return TextNode.valueOf(text);
        }
        String name = tag.startsWith(TAGS) ? tag.substring(TAGS.length()) : tag;
        JsonNode value = name.equals("str") ? TextNode.valueOf(text) : resolve(text);
        boolean fits =
                switch (name) {
                    case "str" -> true;
                    case "bool" -> value.isBoolean();
                    case "int" ->
                        value.isNumber()
                                && (value.isIntegralNumber()
                                        || !FLOAT.matcher(text).matches());
                    case "float" -> value.isNumber();
                    case "null" -> value.isNull();
                    case "timestamp" -> TIMESTAMP.matcher(text).matches();
                    case "binary" -> true;
                    default -> throw new IllegalArgumentException(unknownTag(tag));
                };
        if (!fits) {
            throw new IllegalArgumentException("the value does not fit its tag !!" + name);
        }
        return name.equals("binary") ? binary(text) : value;
    }

    static boolean isCollectionTag(String tag, String collection) {
        return tag.equals("!") || tag.equals(TAGS + collection);
    }

    static boolean isMergeTag(String tag) {
        return tag.equals(TAGS + "merge");
    }

    static String unknownTag(String tag) {
        String shown = tag.startsWith(TAGS) ? "!!" + tag.substring(TAGS.length()) : tag;
        return "the tag " + shown + " means nothing to Kubernetes; remove it";
    }

    private static JsonNode resolve(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return BooleanNode.valueOf(TRUE.contains(text));
        }
        char first = text.charAt(0);
        if (first != '.' && first != '+' && first != '-' && (first < '0' || first > '9')) {
            return TextNode.valueOf(text);
        }
        if (NOT_FINITE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "JSON, and so Kubernetes, has no infinite number and no NaN; quote the value if it is a string");
        }
        Optional<JsonNode> number = first == '.' ? pointFirst(text) : number(text.replace("_", ""));
        return number.orElseGet(() -> TextNode.valueOf(text));
    }

    private static Optional<JsonNode> pointFirst(String text) {
        return POINT_FIRST.matcher(text).matches() ? floating(text.replace("_", "")) : Optional.empty();
    }

    /** A number as JSON and YAML write them; empty when it is none, or overflows. */
    static Optional<JsonNode> number(String text) {
        if (text.length() <= LONGEST_INTEGER) {
            Optional<BigInteger> integer = integer(text);
            if (integer.isPresent()) {
                BigInteger value = integer.get();
                if (value.bitLength() < 64) {
                    return Optional.of(whole(value.longValueExact()));
                }
                if (value.signum() > 0 && value.compareTo(UNSIGNED) < 0) {
                    return Optional.of(DoubleNode.valueOf(value.doubleValue()));
                }
            }
        }
        return FLOAT.matcher(text).matches() ? floating(text) : Optional.empty();
    }

    private static Optional<BigInteger> integer(String text) {
        String sign = text.startsWith("-") ? "-" : "";
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(sign + digits));
        }
        if (OCTAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(sign + digits.replaceFirst("[oO]", ""), 8));
        }
        if (HEXADECIMAL.matcher(text).matches()) {
            return Optional.of(new BigInteger(sign + digits.substring(2), 16));
        }
        return BINARY.matcher(text).matches()
                ? Optional.of(new BigInteger(sign + digits.substring(2), 2))
                : Optional.empty();
    }

    private static Optional<JsonNode> floating(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return Optional.empty();
        }
        if (Math.abs(value) < 1e21 && Double.compare(value, Math.rint(value)) == 0) {
            // Go prints such a float without exponent and with the fewest digits; read again it is an integer if it
            // fits.
            BigInteger printed = new BigDecimal(Double.toString(value)).toBigInteger();
            if (printed.bitLength() < 64) {
                return Optional.of(whole(printed.longValueExact()));
            }
        }
        return Optional.of(DoubleNode.valueOf(value));
    }

    /** The node class that Jackson itself gives a number of this size, so that equal numbers are equal nodes. */
    private static JsonNode whole(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    private static JsonNode binary(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("[\\r\\n ]", ""));
            return TextNode.valueOf(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "!!binary holds bytes that are no UTF-8 text, which JSON cannot carry; use a base64 string"
                            + " (a ConfigMap's binaryData, a Secret's data)",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("!!binary does not hold base64", e);
        }
    }

    /** How kubectl spells a key that is no string; empty for null, which it refuses. */
    static Optional<String> key(JsonNode scalar, String text) {
        if (scalar.isNull()) {
            return Optional.empty();
        }
        boolean floating = scalar.isNumber() && integer(text.replace("_", "")).isEmpty();
        return Optional.of(floating ? floatKey((float) scalar.doubleValue()) : scalar.asText());
    }

    /** Go's shortest form of a 32-bit float: with an exponent below 1e-4 and from 1e6 on. */
    private static String floatKey(float value) {
        BigDecimal exact = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().toString();
        int lead = digits.startsWith("-") ? 2 : 1;
        String fraction = digits.length() > lead ? "." + digits.substring(lead) : "";
        return "%s%se%s%02d"
                .formatted(digits.substring(0, lead), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
