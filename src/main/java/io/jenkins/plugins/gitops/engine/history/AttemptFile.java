package io.jenkins.plugins.gitops.engine.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.gitops.engine.report.ReportJson;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** One attempt's file: a line of JSON that lists read alone, then its reports, deflated. */
final class AttemptFile {
    private static final String SUFFIX = ".attempt";
    private static final int DIGITS = 8;

    private record Version(int schemaVersion) {}

    private AttemptFile() {}

    static Path of(Path folder, int id) {
        return folder.resolve("%08d%s".formatted(id, SUFFIX));
    }

    /** 0 for the name of a file that is none of ours. */
    static int id(String name) {
        boolean ours = name.length() == DIGITS + SUFFIX.length() && name.endsWith(SUFFIX);
        int id = 0;
        for (int i = 0; ours && i < DIGITS; i++) {
            char digit = name.charAt(i);
            ours = digit >= '0' && digit <= '9';
            id = 10 * id + digit - '0';
        }
        return ours ? id : 0;
    }

    static void write(Path folder, Attempt attempt, Reports reports) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((ReportJson.compact(attempt) + "\n").getBytes(StandardCharsets.UTF_8));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(ReportJson.compact(reports).getBytes(StandardCharsets.UTF_8));
        }
        SafeFiles.write(of(folder, attempt.id()), bytes.toByteArray());
    }

    /** @throws DamagedException when the file is torn, foreign or of a newer version */
    static Attempt attempt(Path file) throws IOException {
        // Latin-1, for what follows the first line is no text at all.
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            if (line == null) {
                throw new DamagedException(file + " is empty");
            }
            return parse(file, new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
    }

    static Reports reports(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try (InflaterInputStream inflater = new InflaterInputStream(
                new ByteArrayInputStream(bytes, end + 1, Math.max(0, bytes.length - end - 1)))) {
            String text = new String(inflater.readAllBytes(), StandardCharsets.UTF_8);
            return ReportJson.read(text, Reports.class);
        } catch (IOException e) {
            throw new DamagedException("the reports in " + file + " are damaged");
        }
    }

    private static Attempt parse(Path file, String line) throws DamagedException {
        Attempt attempt;
        try {
            // By itself, for a newer version may have changed all the rest.
            Version version = ReportJson.read(line, Version.class);
            if (version != null && version.schemaVersion() > Attempt.SCHEMA_VERSION) {
                throw new DamagedException(file + " was written by a newer version");
            }
            attempt = ReportJson.read(line, Attempt.class);
        } catch (JsonProcessingException e) {
            throw new DamagedException(file + " is damaged, or no attempt of a history");
        } catch (DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedException(file + " cannot be read: " + e.getMessage());
        }
        if (attempt == null
                || attempt.id() != id(SafeFiles.name(file))
                || attempt.kind() == null
                || attempt.result() == null
                || attempt.set() == null) {
            throw new DamagedException(file + " is damaged, or no attempt of a history");
        }
        return attempt;
    }
}
