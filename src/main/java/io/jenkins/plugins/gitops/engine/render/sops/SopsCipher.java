package io.jenkins.plugins.gitops.engine.render.sops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The values of a SOPS file: each encrypted by AES-256 in GCM, and bound to its place. */
final class SopsCipher {
    private static final Pattern VALUE =
            Pattern.compile("ENC\\[AES256_GCM,data:(.*),iv:(.+),tag:(.+),type:(\\w+)\\]", Pattern.DOTALL);
    private static final int TAG = 16;

    private final SecretKeySpec key;

    SopsCipher(byte[] dataKey) throws DecryptionException {
        if (dataKey.length != 32) {
            throw new DecryptionException("has a data key that is none of SOPS: it is not 32 bytes long");
        }
        this.key = new SecretKeySpec(dataKey, "AES");
    }

    static boolean looksEncrypted(String text) {
        return VALUE.matcher(text).matches();
    }

    /**
     * The value; of a comment in a list it is missing.
     *
     * @param place what it is bound to: the keys on the way to it, or for the MAC the time
     */
    JsonNode decrypt(String text, String place) throws DecryptionException {
        if (text.isEmpty()) {
            return TextNode.valueOf("");
        }
        Matcher value = VALUE.matcher(text);
        if (!value.matches()) {
            throw new DecryptionException("should be encrypted, and is not");
        }
        byte[] plain = open(value, place);
        String decrypted = new String(plain, StandardCharsets.UTF_8);
        try {
            return switch (value.group(4)) {
                case "str", "time", "bytes" ->
                    Arrays.equals(decrypted.getBytes(StandardCharsets.UTF_8), plain)
                            ? TextNode.valueOf(decrypted)
                            : BinaryNode.valueOf(plain);
                case "int" -> number(Long.parseLong(decrypted));
                case "float" -> number(Double.parseDouble(decrypted));
                case "bool" -> BooleanNode.valueOf(decrypted.equalsIgnoreCase("true"));
                case "comment" -> JsonNodeFactory.instance.missingNode();
                default -> throw new DecryptionException("has the type " + value.group(4) + ", which nobody knows");
            };
        } catch (NumberFormatException e) {
            throw new DecryptionException("is no number, although its type is " + value.group(4));
        }
    }

    private static JsonNode number(long value) {
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    /** As Kubernetes reads numbers, one without a fraction is whole. */
    private static JsonNode number(double value) {
        return Double.compare(value, Math.rint(value)) == 0 && Math.abs(value) < 1L << 53
                ? number((long) value)
                : DoubleNode.valueOf(value);
    }

    private byte[] open(Matcher value, String place) throws DecryptionException {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] data = base64.decode(value.group(1));
            byte[] nonce = base64.decode(value.group(2));
            byte[] tag = base64.decode(value.group(3));
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] both = new byte[data.length + tag.length];
            System.arraycopy(data, 0, both, 0, data.length);
            System.arraycopy(tag, 0, both, data.length, tag.length);
            return cipher.doFinal(both);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new DecryptionException("was changed or moved since it was encrypted");
        }
    }

    /** A value as the MAC takes it. */
    static byte[] bytes(JsonNode value) {
        if (value instanceof BinaryNode binary) {
            return binary.binaryValue();
        }
        String text = value.asText();
        if (value.isBoolean()) {
            text = value.booleanValue() ? "True" : "False";
        } else if (value.isDouble()) {
            text = decimal(value.doubleValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As Go formats with {@code 'f'} and the least digits. */
    private static String decimal(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }
}
