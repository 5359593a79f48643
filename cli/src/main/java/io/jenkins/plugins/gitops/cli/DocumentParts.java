package io.jenkins.plugins.gitops.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a long YAML text between documents, so that its parts can be read at the same time: YAML is slow to read. */
final class DocumentParts {
    /** Bytes of a part; shorter texts are not worth a second thread. */
    private static final int LEAST = 512 << 10;

    /** A line of three dashes begins a document wherever it stands: YAML allows it nowhere else. */
    private static final byte[] BOUNDARY = "\n---\n".getBytes(StandardCharsets.US_ASCII);

    private DocumentParts() {}

    /** The text in parts, or as it is when it is short or has no boundary. */
    static List<byte[]> of(byte[] text) {
        List<byte[]> parts = new ArrayList<>();
        int begin = 0;
        int end = boundary(text, LEAST);
        while (end >= 0) {
            parts.add(Arrays.copyOfRange(text, begin, end));
            begin = end;
            end = boundary(text, begin + LEAST);
        }
        parts.add(Arrays.copyOfRange(text, begin, text.length));
        return parts;
    }

    /** Where the next document's line of dashes begins; negative when there is none. */
    private static int boundary(byte[] text, int from) {
        for (int i = from; i <= text.length - BOUNDARY.length; i++) {
            if (Arrays.equals(text, i, i + BOUNDARY.length, BOUNDARY, 0, BOUNDARY.length)) {
                return i + 1;
            }
        }
        return -1;
    }
}
