package io.jenkins.plugins.gitops.report;

import io.jenkins.plugins.gitops.engine.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/**
 * A trend as a picture: objects that differ, by how, one upon the other, over time. What was found holds until the next look,
 * so the lines are steps. The picture is {@value #WIDTH} wide and {@value #HEIGHT} high, stretched to where it is shown.
 */
public final class TrendChart {
    static final int WIDTH = 1000;
    static final int HEIGHT = 100;
    /** What the last look found has this width, for nobody knows yet how long it holds. */
    private static final int LAST = 15;

    private final List<TrendPoint> points;
    private final IntPredicate kept;
    private final Instant now;

    /**
     * @param points oldest first
     * @param kept whether the build of that number still exists
     */
    TrendChart(List<TrendPoint> points, IntPredicate kept, Instant now) {
        this.points = points;
        this.kept = kept;
        this.now = now;
    }

    /** Whether there is nothing to draw: what one look found says the state above it, and shows no course. */
    public boolean isEmpty() {
        return points.size() < 2;
    }

    public Moment getFirst() {
        return Moment.of(points.getFirst().getTime(), now);
    }

    public Moment getLast() {
        return Moment.of(points.getLast().getTime(), now);
    }

    /** How many objects differed at the last look. */
    public int getCurrent() {
        return points.getLast().getDiffering();
    }

    /** How many objects differed at the worst time. */
    public int getMost() {
        return points.stream().mapToInt(TrendPoint::getDiffering).max().orElse(0);
    }

    /** One way to differ: its colour of the design library, its words, and its area as an SVG path. */
    public record Layer(String color, String words, String path) {
        public String getColor() {
            return color;
        }

        public String getWords() {
            return words;
        }

        public String getPath() {
            return path;
        }
    }

    /** Those that occur, from the ground upwards. */
    public List<Layer> getLayers() {
        List<Layer> layers = new ArrayList<>();
        int[] ground = new int[points.size()];
        layer(layers, ground, Verdict.Missing, TrendPoint::getMissing);
        layer(layers, ground, Verdict.Drifted, TrendPoint::getDrifted);
        layer(layers, ground, Verdict.Extra, TrendPoint::getExtra);
        layer(layers, ground, Verdict.Unknown, TrendPoint::getUnknown);
        return layers;
    }

    private void layer(List<Layer> layers, int[] ground, Verdict verdict, ToIntFunction<TrendPoint> count) {
        int[] top = new int[ground.length];
        for (int i = 0; i < top.length; i++) {
            top[i] = ground[i] + count.applyAsInt(points.get(i));
        }
        if (points.stream().anyMatch(point -> count.applyAsInt(point) > 0)) {
            String words =
                    verdict == Verdict.Unknown ? Messages.TrendChart_NotCompared() : Words.of(verdict, Purpose.check);
            layers.add(new Layer(Words.color(verdict, Purpose.check), words, path(ground, top)));
        }
        System.arraycopy(top, 0, ground, 0, top.length);
    }

    private String path(int[] ground, int[] top) {
        StringBuilder path = new StringBuilder("M0 ").append(y(top[0]));
        for (int i = 1; i < top.length; i++) {
            path.append('H').append(x(i)).append('V').append(y(top[i]));
        }
        path.append('H').append(WIDTH).append('V').append(y(ground[ground.length - 1]));
        for (int i = ground.length - 1; i > 0; i--) {
            path.append('H').append(x(i)).append('V').append(y(ground[i - 1]));
        }
        return path.append("H0Z").toString();
    }

    /** Where syncs put all right, from the left. */
    public List<String> getSyncs() {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).isSync()) {
                places.add(x(i));
            }
        }
        return places;
    }

    private String x(int index) {
        long begin = points.getFirst().getTime();
        long span = Math.max(1, points.getLast().getTime() - begin);
        return number((double) (points.get(index).getTime() - begin) * (WIDTH - LAST) / span);
    }

    private String y(int objects) {
        return number(HEIGHT - (double) objects * HEIGHT / Math.max(1, getMost()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A point as a row of the table that says the same as the picture. */
    public record Row(TrendPoint point, Moment time, boolean kept) {
        public TrendPoint getPoint() {
            return point;
        }

        public Moment getTime() {
            return time;
        }

        /** Whether its build still exists. */
        public boolean isKept() {
            return kept;
        }
    }

    /** Newest first. */
    public List<Row> getRows() {
        return points.reversed().stream()
                .map(point -> new Row(point, Moment.of(point.getTime(), now), kept.test(point.getBuild())))
                .toList();
    }
}
