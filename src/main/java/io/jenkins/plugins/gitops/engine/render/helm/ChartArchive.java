package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A packed chart: gzip and tar (POSIX.1-1988 {@code ustar} and the {@code pax} headers that Go writes for long names). Nothing
 * is written outside of the folder, links are refused, and so is what unpacks to more than a chart may be.
 */
final class ChartArchive {
    private static final int BLOCK = 512;
    private static final long MOST_BYTES = 128L << 20;
    private static final int MOST_FILES = 10_000;

    private final Path target;
    private long bytes;
    private int files;

    private ChartArchive(Path target) {
        this.target = target;
    }

    /** The one archive of a folder. */
    static Path only(Path folder, String chart) {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> archives =
                    children.filter(file -> file.toString().endsWith(".tgz")).toList();
            if (archives.size() != 1) {
                throw new InvalidInputException("source.chart", chart + " was not fetched as one archive");
            }
            return archives.get(0);
        } catch (IOException e) {
            throw new InvalidInputException("source.chart", "cannot be read: " + e.getMessage());
        }
    }

    /** @throws InvalidInputException when it is no archive of files below the folder */
    static void unpack(Path archive, Path folder) {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            new ChartArchive(folder.toRealPath()).unpack(in);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "source.chart", archive.getFileName() + " cannot be unpacked: " + e.getMessage());
        }
    }

    private void unpack(InputStream in) throws IOException {
        String longName = "";
        byte[] header = in.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            long size = octal(header, 124, 12);
            count(size);
            char type = (char) header[156];
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            switch (type) {
                case '0', '\0' -> write(in, name, size);
                case 'x' -> longName = pax(content(in, size));
                case 'L' -> longName = text(content(in, size), 0, (int) size);
                case '5', 'g' -> in.skipNBytes(size);
                default -> throw new IOException(name + " is a link or a device, which a chart must not hold");
            }
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            header = in.readNBytes(BLOCK);
        }
    }

    private void count(long size) throws IOException {
        bytes += size;
        if (size < 0 || bytes > MOST_BYTES || ++files > MOST_FILES) {
            throw new IOException("it holds more than " + (MOST_BYTES >> 20) + " MiB or " + MOST_FILES + " files");
        }
    }

    private void write(InputStream in, String name, long size) throws IOException {
        Path file = target.resolve(name.replace('\\', '/')).normalize();
        if (!file.startsWith(target) || file.equals(target)) {
            throw new IOException(name + " leads out of the chart");
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content(in, size));
    }

    private static byte[] content(InputStream in, long size) throws IOException {
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("it is cut off");
        }
        return content;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Records {@code LENGTH KEY=VALUE\n}. */
    private static String pax(byte[] records) {
        for (String line : new String(records, StandardCharsets.UTF_8).split("\n")) {
            int at = line.indexOf(" path=");
            if (at > 0) {
                return line.substring(at + " path=".length());
            }
        }
        return "";
    }

    private static String text(byte[] from, int offset, int length) {
        int end = offset;
        while (end < offset + length && from[end] != 0) {
            end++;
        }
        return new String(from, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int length) throws IOException {
        String digits = text(header, offset, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("it is no tar archive", e);
        }
    }
}
