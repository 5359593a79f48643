package io.jenkins.plugins.gitops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");
    private final Trend trend = new Trend();

    @Test
    void checksThatFindTheSameTakeTwoPlaces() {
        check(1, 0, 0);
        check(2, 0, 0);
        check(3, 0, 0);
        check(4, 2, 0);
        check(5, 2, 0);
        check(6, 2, 0);
        check(7, 2, 1);

        assertThat(trend.points()).extracting(TrendPoint::getBuild).containsExactly(1, 3, 4, 6, 7);
    }

    @Test
    void everySyncThatPutAllRightIsKept() {
        check(1, 1, 0);
        synced(2);
        synced(3);
        synced(4);

        assertThat(trend.points()).extracting(TrendPoint::getBuild).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theOldestLeaveWhenThereAreTooMany() {
        IntStream.rangeClosed(1, 250).forEach(build -> check(build, build % 3, 0));

        assertThat(trend.points()).hasSize(Trend.MOST);
        assertThat(trend.points().getFirst().getBuild()).isEqualTo(151);
        assertThat(trend.points().getLast().getBuild()).isEqualTo(250);
    }

    @Test
    void nothingIsAnEmptyChart() {
        assertThat(chart().isEmpty()).isTrue();
        assertThat(chart().getMost()).isZero();
    }

    @Test
    void oneLookIsNoCourse() {
        check(1, 3, 0);
        assertThat(chart().isEmpty()).isTrue();

        check(2, 3, 0);
        assertThat(chart().isEmpty()).isFalse();
        assertThat(chart().getCurrent()).isEqualTo(3);
    }

    @Test
    void whatStaysTheSameFillsThePictureFromLeftToRight() {
        check(1, 3, 0);
        check(2, 3, 0);

        assertThat(chart().getLayers())
                .singleElement()
                .extracting(TrendChart.Layer::path)
                .isEqualTo("M0 0.0H985.0V0.0H1000V100.0H985.0V100.0H0Z");
    }

    @Test
    void whatIsFoundHoldsUntilTheNextLook() {
        check(1, 0, 0);
        check(2, 4, 0);
        check(3, 1, 0);

        assertThat(chart().getLayers().getFirst().path())
                .isEqualTo("M0 100.0H492.5V0.0H985.0V75.0H1000V100.0H985.0V100.0H492.5V100.0H0Z");
        assertThat(chart().getMost()).isEqualTo(4);
    }

    @Test
    void oneWayToDifferStandsUponTheOther() {
        check(1, 1, 1);
        check(2, 1, 1);

        assertThat(chart().getLayers())
                .extracting(TrendChart.Layer::color, TrendChart.Layer::path)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("error", "M0 50.0H985.0V50.0H1000V100.0H985.0V100.0H0Z"),
                        org.assertj.core.groups.Tuple.tuple("warning", "M0 0.0H985.0V0.0H1000V50.0H985.0V50.0H0Z"));
    }

    @Test
    void aSyncHasItsPlaceAndARow() {
        check(1, 2, 0);
        synced(2);

        assertThat(chart().getSyncs()).containsExactly("985.0");
        assertThat(chart().getCurrent()).isZero();
        List<TrendChart.Row> rows = chart().getRows();
        assertThat(rows).extracting(row -> row.point().getBuild()).containsExactly(2, 1);
        assertThat(rows).extracting(TrendChart.Row::kept).containsExactly(true, false);
    }

    private void check(int build, int drifted, int missing) {
        trend.add(new TrendPoint(time(build), build, false, drifted, missing, 0, 0));
    }

    private void synced(int build) {
        trend.add(TrendPoint.synced(build, time(build)));
    }

    private static long time(int build) {
        return BEGIN.plus(Duration.ofMinutes(build)).toEpochMilli();
    }

    private TrendChart chart() {
        return new TrendChart(trend.points(), build -> build != 1, BEGIN.plus(Duration.ofDays(1)));
    }
}
