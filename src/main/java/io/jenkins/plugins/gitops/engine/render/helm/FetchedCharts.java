package io.jenkins.plugins.gitops.engine.render.helm;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import io.jenkins.plugins.gitops.engine.model.Sha256;
import io.jenkins.plugins.gitops.engine.model.Source;
import io.jenkins.plugins.gitops.engine.render.build.KeptEntry;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import io.jenkins.plugins.gitops.engine.render.build.ScratchFolder;
import io.jenkins.plugins.gitops.engine.render.build.SourceFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Charts of chart repositories (HTTP and OCI), fetched by helm. A chart of an exact version is fetched once and kept in the
 * host's cache: a repository does not change what it has published. What the index of an HTTP repository says of a chart's
 * digest is held against what came; of a registry helm itself does it.
 */
final class FetchedCharts {
    /** An unpacked chart has at most 128 MiB, and most have less than one. */
    private static final int MOST_CHARTS = 100;

    private final RenderTools tools;
    private final HelmTool tool;

    FetchedCharts(RenderTools tools, HelmTool tool) {
        this.tools = tools;
        this.tool = tool;
    }

    SourceFolder fetch(Source source, ScratchFolder scratch) {
        Optional<Path> kept = tools.cache()
                .filter(cache -> ChartReference.isExact(source.revision()))
                .map(cache -> cache.resolve("charts").resolve(key(source)));
        if (kept.isPresent() && Files.isDirectory(kept.get())) {
            touch(kept.get());
            return only(source, kept.get());
        }
        Path fetched = scratch.folder("fetched");
        pull(source, fetched, scratch);
        return only(source, kept.isPresent() ? keep(fetched, kept.get()) : fetched);
    }

    private void pull(Source source, Path target, ScratchFolder scratch) {
        ChartReference reference = ChartReference.of(source);
        Path home = scratch.folder("home");
        Path packed = scratch.folder("packed");
        reference.run(tools, tool, home, "pull", "--destination", packed.toString());
        Path archive = ChartArchive.only(packed, source.chart());
        reference.index(home).ifPresent(index -> IndexDigest.require(index, source.chart(), archive));
        ChartArchive.unpack(archive, target);
    }

    private static Path keep(Path fetched, Path kept) {
        try {
            Path charts = Files.createDirectories(Objects.requireNonNull(kept.getParent()));
            Path beside = Files.createTempDirectory(charts, "new-");
            try (Stream<Path> files = Files.walk(fetched)) {
                for (Path file : files.filter(path -> !path.equals(fetched)).toList()) {
                    Files.copy(file, beside.resolve(fetched.relativize(file).toString()));
                }
            }
            try {
                Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
                // Another process has kept the same chart meanwhile.
                ScratchFolder.delete(beside);
            }
            touch(kept);
            bound(charts);
            return kept;
        } catch (IOException e) {
            throw new InvalidInputException("helm", "the chart cannot be kept in " + kept + ": " + e.getMessage());
        }
    }

    /** What was used longest ago goes first; whoever still renders it has long read it. */
    private static void bound(Path charts) throws IOException {
        for (KeptEntry entry : KeptEntry.in(charts).stream().skip(MOST_CHARTS).toList()) {
            ScratchFolder.delete(entry.path());
        }
    }

    private static void touch(Path chart) {
        try {
            Files.setLastModifiedTime(chart, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // Of another user, or gone: it is found out by whoever reads it.
            return;
        }
    }

    private static SourceFolder only(Source source, Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> charts = children.filter(child -> Files.isRegularFile(child.resolve(ChartFolder.FILE)))
                    .toList();
            if (charts.size() != 1) {
                throw new InvalidInputException("source.chart", source.chart() + " holds no chart");
            }
            Path chart = charts.get(0).toRealPath();
            return new SourceFolder(chart, chart);
        } catch (IOException e) {
            throw new InvalidInputException("source.chart", "cannot be read: " + e.getMessage());
        }
    }

    private static String key(Source source) {
        return HexFormat.of()
                .formatHex(Sha256.of(source.repository() + "\n" + source.chart() + "\n" + source.revision()))
                .substring(0, 32);
    }
}
