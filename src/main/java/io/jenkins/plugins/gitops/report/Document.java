package io.jenkins.plugins.gitops.report;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * A stored document as a response, unchanged, with an {@code ETag} made from its content: who has it already gets 304 and no
 * body. Empty means 404.
 */
record Document(Optional<String> text, String contentType) implements HttpResponse {
    /** A build's document, for whoever may read the build. */
    static Document of(Run<?, ?> run, int slot, ReportFile file) throws IOException {
        run.checkPermission(Item.READ);
        return of(ReportFolder.of(run, slot), file);
    }

    /** An application's last document, for whoever may read the item. */
    static Document of(Job<?, ?> job, ReportFile file) throws IOException {
        job.checkPermission(Item.READ);
        return of(ReportFolder.of(job), file);
    }

    /** YAML goes as text, so that a browser shows it and never runs it. */
    private static Document of(ReportFolder folder, ReportFile file) throws IOException {
        return new Document(
                folder.read(file),
                (file == ReportFile.manifests ? "text/plain" : "application/json") + ";charset=UTF-8");
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        if (text.isEmpty()) {
            response.sendError(StaplerResponse2.SC_NOT_FOUND);
            return;
        }
        String tag = '"' + Util.getDigestOf(text.get()) + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", "private, no-cache");
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(StaplerResponse2.SC_NOT_MODIFIED);
            return;
        }
        byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
        response.setContentType(contentType);
        response.setContentLength(bytes.length);
        try (OutputStream out = response.getOutputStream()) {
            out.write(bytes);
        }
    }

    /** RFC 9110, 13.1.2: a list of tags, weak or strong, or {@code *}. A proxy that compresses may append to a tag. */
    private static boolean matches(String header, String tag) {
        if (header == null) {
            return false;
        }
        for (String candidate : header.split(",")) {
            String known = candidate.strip();
            if (known.equals("*") || (known.startsWith("W/") ? known.substring(2) : known).equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
