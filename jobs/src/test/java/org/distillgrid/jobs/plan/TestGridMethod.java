package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods in which options have lists of values. */
class TestGridMethod {
  private static final Catalog CATALOG = Catalog.load();

  private static GridMethod parsed(String text) {
    return GridMethod.parse(text, CATALOG);
  }

  private static List<String> canonicals(GridMethod method) {
    return method.candidates().stream().map(each -> each.method().canonical()).toList();
  }

  @Test
  void aListIsAsManyMethodsInItsOrder() {
    GridMethod method = parsed("logits( weight = [4, 1e0, 0.5] )");

    assertThat(method.spelling()).isEqualTo("logits(weight=[4,1,0.5])");
    assertThat(canonicals(method))
        .containsExactly("logits(weight=4)", "logits", "logits(weight=0.5)");
    assertThat(method.candidates())
        .extracting(Candidate::options)
        .containsExactly("weight=4", "weight=1", "weight=0.5");
    assertThat(method.candidates())
        .extracting(Candidate::atEdge)
        .containsExactly(true, false, true);
    assertThat(parsed(method.spelling())).isEqualTo(parsed("logits(weight=[4,1,0.5])"));
  }

  @Test
  void listsInAnyPartOfASumMultiplyAndTheLastVariesFastest() {
    GridMethod method = parsed("spark(grid=[4, 8])+logits(weight=[0.5, 1, 2])");

    assertThat(method.candidates())
        .extracting(Candidate::options)
        .containsExactly(
            "spark.grid=4, logits.weight=0.5",
            "spark.grid=4, logits.weight=1",
            "spark.grid=4, logits.weight=2",
            "spark.grid=8, logits.weight=0.5",
            "spark.grid=8, logits.weight=1",
            "spark.grid=8, logits.weight=2");
    assertThat(canonicals(method))
        .allSatisfy(each -> assertThat(CATALOG.method(each).canonical()).isEqualTo(each));
    assertThat(method.candidates()).allMatch(Candidate::atEdge);
  }

  @Test
  void wordsHaveNoEdge() {
    assertThat(parsed("fitnet(loss=[mse, l1], weight=[1, 2, 3])").candidates())
        .filteredOn(Candidate::atEdge)
        .extracting(Candidate::options)
        .containsExactlyInAnyOrder(
            "loss=mse, weight=1", "loss=mse, weight=3", "loss=l1, weight=1", "loss=l1, weight=3");
  }

  @Test
  void aListOfOneIsThatValue() {
    assertThat(parsed("fakd(weight=[0.4])")).isEqualTo(parsed("fakd(weight=0.4)"));
    assertThat(parsed("fakd(weight=[0.4])").isTuned()).isFalse();
    assertThat(parsed("fakd(weight=[0.4, 1], points=[2])").spelling())
        .isEqualTo("fakd(points=2,weight=[0.4,1])");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fakd(weight=[])|Cannot tune method fakd(weight=[]): the list of weight is empty",
        "fakd(weight=[1,])|Cannot tune method fakd(weight=[1,]): the list of weight lacks a value"
            + " at a comma",
        "fakd(weight=[1, 1.0])|Cannot tune method fakd(weight=[1, 1.0]): 1.0 is in a list twice",
        "fakd(weight=[1, [2]])|Cannot tune method fakd(weight=[1, [2]]): write a list of values as"
            + " option=[value, value] in its parentheses",
        "fakd([1, 2])|Cannot tune method fakd([1, 2]): write a list of values as option=[value,"
            + " value] in its parentheses",
        "fakd(weight=[1, 2)|Cannot tune method fakd(weight=[1, 2): write a list of values as"
            + " option=[value, value] in its parentheses",
        "fakd(weight=[1, -2])|Cannot use method fakd: weight must be a number from 0 to 1000000,"
            + " not -2",
        "fakd(weight=[1, much])|Cannot use method fakd: weight must be a number from 0 to 1000000,"
            + " not much",
        "fakd(weigt=[1, 2])|Unknown option of method fakd: weigt (did you mean weight?)",
        "none(weight=[1, 2])|Cannot use method none: it takes no options, found weight=1",
      })
  void refusesWhatMakesNoSense(String text, String message) {
    assertThatThrownBy(() -> parsed(text)).isInstanceOf(GridException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"11,100,'1,100'", "1000,1000,'1,000,000'"})
  void refusesMoreCandidatesThanAnyoneTrains(int weights, int rates, String candidates) {
    String text = "spark(rate=%s)+fakd(weight=%s)".formatted(list(rates), list(weights));
    assertThatThrownBy(() -> parsed(text))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot tune method %s: its lists multiply to %s candidates, more than 1,000;"
                + " shorten them",
            text, candidates);
  }

  @Test
  void takesAThousandCandidates() {
    String text = "spark(rate=%s)+fakd(weight=%s)".formatted(list(100), list(10));
    assertThat(parsed(text).candidates()).hasSize(1000);
  }

  private static String list(int values) {
    return IntStream.rangeClosed(1, values)
        .mapToObj(value -> "0." + (1000 + value))
        .collect(Collectors.joining(",", "[", "]"));
  }
}
