package org.distillgrid.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestTextTable {
  private static TextTable table(String first, String second) {
    TextTable table = new TextTable(2, "one", "two", "PSNR", "size");
    table.units(Map.of("PSNR", "dB", "size", "KiB"));
    table.add(first, second, "30.5", "1.25");
    return table;
  }

  @Test
  void printsUnitsBelowTitles() {
    assertThat(table("a", "b").lines())
        .containsExactly(
            "one  two  PSNR  size", //
            "            dB   KiB",
            "a    b    30.5  1.25");
  }

  @Test
  void goesOnBelowWhereItIsTooWide() {
    assertThat(table("a", "logits+at(weight=4)").lines(30))
        .containsExactly(
            "one  two            PSNR  size",
            "                      dB   KiB",
            "a    logits+at(     30.5  1.25",
            "     weight=4)");
    assertThat(table("set-of-images", "abcdefghijklmnop").lines(26))
        .containsExactly(
            "one     two     PSNR  size",
            "                  dB   KiB",
            "set-    abcdef  30.5  1.25",
            "of-ima  ghijkl",
            "ges     mnop");
  }

  @Test
  void leavesOutColumnsWhereThatIsNotEnough() {
    assertThat(table("a", "b").lines(15, "size", "PSNR"))
        .containsExactly(
            "one  two  PSNR", //
            "            dB",
            "a    b    30.5");
  }

  @Test
  void wrapsWhereNamesPart() {
    assertThat(TextWrap.lines("spark(reward=ema)+fakd", 10))
        .containsExactly("spark(", "reward=", "ema)+fakd");
    assertThat(TextWrap.lines("short", 10)).containsExactly("short");
    assertThat(TextWrap.lines("", 10)).isEqualTo(List.of(""));
    assertThat(TextWrap.lines("ααααα", 2)).containsExactly("αα", "αα", "α");
  }
}
