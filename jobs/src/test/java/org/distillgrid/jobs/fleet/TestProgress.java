package org.distillgrid.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestProgress {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private ProgressDisplay display(ProgressDisplay.Medium medium) {
    InstantSource clock = () -> Instant.ofEpochMilli(now);
    return new ProgressDisplay(out, medium, clock);
  }

  private static ProgressLine line(int done, int failed, long steps, Duration elapsed) {
    return new ProgressLine(List.of(trials(done, failed)), steps, 1000, elapsed, Optional.empty());
  }

  private static ProgressLine.Part trials(int done, int failed) {
    return new ProgressLine.Part("trials", done, failed, 3, 8);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsCountsRateAndTimeLeft() {
    Duration elapsed = Duration.ofSeconds(50);
    assertThat(line(2, 1, 500, elapsed).text())
        .isEqualTo("trials: 2/8 done, 3 running, 1 failed, 10.0 steps/s");
    Optional<Duration> left = Optional.of(Duration.ofSeconds(100));
    assertThat(new ProgressLine(List.of(trials(2, 1)), 500, 1000, elapsed, left).text())
        .isEqualTo("trials: 2/8 done, 3 running, 1 failed, 10.0 steps/s, 1 min 40 s left");
  }

  @Test
  void tellsNoRateBeforeTheFirstStep() {
    assertThat(line(0, 0, 0, Duration.ofSeconds(50)).text())
        .isEqualTo("trials: 0/8 done, 3 running");
  }

  @Test
  void tellsWhatIsUnderWayAtTheSameTime() {
    ProgressLine.Part teacher = new ProgressLine.Part("teacher", 0, 0, 1, 1);
    ProgressLine.Part students = new ProgressLine.Part("students", 2, 0, 0, 2);
    List<ProgressLine.Part> parts = List.of(teacher, students, trials(2, 0));
    assertThat(new ProgressLine(parts, 0, 9, Duration.ZERO, Optional.empty()).text())
        .isEqualTo("teacher: 0/1 done, 1 running; trials: 2/8 done, 3 running");
    ProgressLine.Part next = new ProgressLine.Part("trials", 0, 0, 0, 8);
    assertThat(
            new ProgressLine(List.of(students, next), 0, 9, Duration.ZERO, Optional.empty()).text())
        .isEqualTo("trials: 0/8 done");
  }

  @Test
  void spellsTimes() {
    assertThat(ProgressLine.time(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(ProgressLine.time(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(ProgressLine.time(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
  }

  @Test
  void rewritesOneLineOnATerminal() {
    ProgressDisplay display = display(new ProgressDisplay.Medium.Terminal(80));
    display.show(line(1, 0, 0, Duration.ZERO));
    display.show(line(1, 0, 0, Duration.ZERO));
    display.show(line(2, 0, 0, Duration.ZERO));
    display.end();

    assertThat(shown())
        .isEqualTo(
            "\rtrials: 1/8 done, 3 running\u001b[K\rtrials: 2/8 done, 3 running\u001b[K"
                + System.lineSeparator());
  }

  @Test
  void cutsTheLineToTheTerminal() {
    ProgressDisplay display = display(new ProgressDisplay.Medium.Terminal(20));
    display.show(line(1, 0, 0, Duration.ZERO));
    assertThat(shown()).isEqualTo("\rtrials: 1/8 done, …\u001b[K");

    ProgressDisplay wide = display(new ProgressDisplay.Medium.Terminal(28));
    wide.show(line(1, 0, 0, Duration.ZERO));
    assertThat(shown()).endsWith("\rtrials: 1/8 done, 3 running\u001b[K");
  }

  @Test
  void takesTheWidthThatTheLauncherFound() {
    assertThat(TerminalWidth.of("132")).isEqualTo(132);
    for (String none : new String[] {null, "", "0", "wide", "99999"}) {
      assertThat(TerminalWidth.of(none)).isEqualTo(80);
    }
  }

  @Test
  void logsALineAMinuteAndTheLast() {
    ProgressDisplay display = display(new ProgressDisplay.Medium.Log());
    for (int second = 1; second <= 150; second++) {
      now += 1000;
      display.show(line(second / 50, 0, 10 + second, Duration.ofSeconds(10)));
    }
    assertThat(shown().lines()).hasSize(2);
    display.show(line(4, 0, 200, Duration.ofSeconds(10)));
    display.end();
    display.end();

    assertThat(shown().lines())
        .containsExactly(
            "trials: 1/8 done, 3 running, 7.0 steps/s",
            "trials: 2/8 done, 3 running, 13.0 steps/s",
            "trials: 4/8 done, 3 running, 20.0 steps/s");
  }
}
