package io.jenkins.plugins.gitops.report;

import hudson.XmlFile;
import hudson.model.Job;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How an application's drift went, kept beside its {@code config.xml}: pages read this one bounded file, never the builds, and
 * it outlives those that are discarded or collapsed. While checks find the same, only the first and the last of them are kept,
 * so that a year of quiet takes two places.
 */
final class Trend {
    static final int MOST = 100;

    private static final Logger LOGGER = Logger.getLogger(Trend.class.getName());

    private final List<TrendPoint> points = new ArrayList<>();

    /** Begins anew when there is no file, or it cannot be read. */
    static Trend load(Job<?, ?> job) {
        XmlFile file = file(job);
        try {
            if (file.exists() && file.read() instanceof Trend known) {
                return known;
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> file + " cannot be read; the trend begins anew");
        }
        return new Trend();
    }

    private static XmlFile file(Job<?, ?> job) {
        return new XmlFile(new File(job.getRootDir(), "gitops/trend.xml"));
    }

    void save(Job<?, ?> job) throws IOException {
        file(job).write(this);
    }

    void add(TrendPoint point) {
        int size = points.size();
        if (size >= 2 && point.isLike(points.get(size - 1)) && point.isLike(points.get(size - 2)) && !point.isSync()) {
            points.removeLast();
        }
        points.add(point);
        while (points.size() > MOST) {
            points.removeFirst();
        }
    }

    /** Oldest first. */
    List<TrendPoint> points() {
        return List.copyOf(points);
    }
}
