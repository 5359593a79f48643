package io.jenkins.plugins.gitops.engine.yaml;

import io.jenkins.plugins.gitops.engine.model.Problem;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes to characters: UTF-8 and nothing else, without a byte order mark. */
final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    static String decode(String file, byte[] text) throws Syntax {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer characters = CharBuffer.allocate(text.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(text), characters, true);
        characters.flip();
        if (result.isError()) {
            throw new Syntax(new Problem(file + ":" + end(characters), "is not UTF-8 here; save the file as UTF-8"));
        }
        boolean marked = characters.hasRemaining() && characters.charAt(0) == BYTE_ORDER_MARK;
        return characters.subSequence(marked ? 1 : 0, characters.remaining()).toString();
    }

    private static Position end(CharBuffer characters) {
        String read = characters.toString();
        int line = (int) read.chars().filter(c -> c == '\n').count() + 1;
        return new Position(line, read.length() - read.lastIndexOf('\n'));
    }
}
