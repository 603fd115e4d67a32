package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPairMatching {
  @ParameterizedTest
  @CsvSource({
    "0801, 0801x4",
    "0801, 0801X2",
    "baby, babyx2",
    "norain-1, rain-1",
    "norain-001, rain-001x2",
    "im_gt, im_lq",
    "im_target, im_input",
    "d800_iso1600_1_mean, d800_iso1600_1_real",
    "0001_GT_SRGB_010, 0001_NOISY_SRGB_010",
    "GT_SRGB_010, NOISY_SRGB_010",
    "img_001_SRF_2_HR, img_001_SRF_2_LR",
    "sharp-7, blurry-7",
    "scene/gt, scene/noisy",
    "A/000047, A/000047",
    "normal00689, normal00689",
    "high_3, low_3",
  })
  void namesOfTheFieldBelongTogether(String target, String input) {
    PairMatching<String> matching = fields(List.of(target), List.of(input));

    assertThat(matching.lone()).isEmpty();
    assertThat(matching.pairs()).containsExactly(new PairMatching.Pair<>(target, input));
  }

  @ParameterizedTest
  @CsvSource({"a, b", "img, img2", "baby, baby_2", "A/1, B/1", "a, a_SwinIR", "1, 11"})
  void othersDoNot(String target, String input) {
    PairMatching<String> matching = fields(List.of(target), List.of(input));

    assertThat(matching.pairs()).isEmpty();
    assertThat(matching.lone())
        .containsExactly(
            new PairMatching.Lone<>(target, "Cannot pair image: no input has its name"),
            new PairMatching.Lone<>(input, "Cannot pair image: no target has its name"));
  }

  @Test
  void equalNamesComeFirst() {
    PairMatching<String> matching = fields(List.of("a", "b_gt"), List.of("a_lq", "a", "b_lq"));

    assertThat(matching.pairs())
        .containsExactly(
            new PairMatching.Pair<>("a", "a"), new PairMatching.Pair<>("b_gt", "b_lq"));
    assertThat(matching.lone())
        .containsExactly(
            new PairMatching.Lone<>("a_lq", "Cannot pair image: no target has its name"));
  }

  @Test
  void doubtPairsNobody() {
    PairMatching<String> twoInputs = fields(List.of("a"), List.of("a_lq", "a_blur"));
    String reason = "Cannot pair image: targets [a] and inputs [a_lq, a_blur] may belong together";
    assertThat(twoInputs.pairs()).isEmpty();
    assertThat(twoInputs.lone())
        .containsExactly(
            new PairMatching.Lone<>("a", reason),
            new PairMatching.Lone<>("a_lq", reason),
            new PairMatching.Lone<>("a_blur", reason));
    assertThat(fields(List.of("a_gt", "a_clean"), List.of("a_lq")).pairs()).isEmpty();
    // Two files of one name, as a.png and a.jpg are.
    assertThat(fields(List.of("a", "a"), List.of("a")).pairs()).isEmpty();
  }

  @Test
  void aPatternSaysWhatNamesHaveInCommon() {
    Function<String, PairMatching<String>> matched =
        pattern ->
            PairMatching.of(
                List.of("x/t1a", "x/t2a", "x/a"),
                List.of("x/1b", "x/2b", "y/1b", "x/a"),
                name -> name,
                PairKeys.byPattern(pattern));

    PairMatching<String> matching = matched.apply("t{}a:{}b");

    assertThat(matching.pairs())
        .containsExactly(
            new PairMatching.Pair<>("x/t1a", "x/1b"), new PairMatching.Pair<>("x/t2a", "x/2b"));
    assertThat(matching.lone())
        .containsExactly(
            new PairMatching.Lone<>("x/a", "Cannot pair image: its name does not fit the pattern"),
            new PairMatching.Lone<>("y/1b", "Cannot pair image: no target has its name"),
            new PairMatching.Lone<>("x/a", "Cannot pair image: its name does not fit the pattern"));
    assertThatThrownBy(() -> matched.apply("t1a"))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read pattern t1a: want {} once for the name");
  }

  @Test
  void foldersThatAreRolesAreKnown() {
    assertThat(List.of("target", "GT", "hr", "x2", "LR_x4")).allMatch(FieldRoles::isRole);
    assertThat(List.of("rain100h", "DIV2K_train_HR", "train")).noneMatch(FieldRoles::isRole);
  }

  private static PairMatching<String> fields(List<String> targets, List<String> inputs) {
    return PairMatching.of(targets, inputs, name -> name, PairKeys.byFieldRoles());
  }
}
