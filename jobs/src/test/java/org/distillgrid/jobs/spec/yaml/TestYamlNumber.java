package org.distillgrid.jobs.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestYamlNumber {
  @ParameterizedTest
  @CsvSource({
    "010, 10",
    "08, 8",
    "0o10, 8",
    "0x1F, 31",
    "1e4, 10000",
    "1e+1, 10",
    "1E1, 10",
    "10.0, 10",
    "5., 5",
    "+5, 5",
    "-0, 0",
    "0.5e1, 5",
    "9223372036854775807, 9223372036854775807"
  })
  void readsWholeNumbers(String text, long expected) {
    assertThat(YamlNumber.whole(text)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    ".5, 0.5",
    "1e-4, 0.0001",
    "-1.5, -1.5",
    "5.25e1, 52.5",
    "9223372036854775808, 0x1p63"
  })
  void readsNumbersThatAreNotWhole(String text, double expected) {
    assertThat(YamlNumber.of(text).map(BigDecimal::doubleValue)).contains(expected);
    assertThat(YamlNumber.whole(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1_000",
        "1:30",
        "0b11",
        "0o8",
        "-0o7",
        "0x",
        "1e",
        "e1",
        ".",
        "+",
        "1,5",
        "1 000",
        ".inf",
        ".nan",
        "NaN",
        "1f",
        "1d",
        "0x1p3",
        "٣",
        "yes",
        "",
        " 1",
        "1e9999999"
      })
  void takesNothingElseForANumber(String text) {
    assertThat(YamlNumber.of(text)).isEmpty();
  }

  @Test
  void neverWritesOutAHugePower() {
    assertThat(YamlNumber.whole("1e999999")).isEmpty();
    assertThat(YamlNumber.whole("1e-999999")).isEmpty();
    assertThat(YamlNumber.of("1e999999").map(BigDecimal::doubleValue))
        .contains(Double.POSITIVE_INFINITY);
    assertThat(YamlNumber.of("1".repeat(65))).isEmpty();
  }
}
