package org.distillgrid.jobs.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestSideBySide {
  @Test
  void answersStandInTheOrderOfTheirQuestions() {
    // The first two are answered only once the third is asked.
    CountDownLatch third = new CountDownLatch(1);
    List<Integer> questions = IntStream.range(0, 100).boxed().toList();

    List<Integer> answers =
        SideBySide.answers(
            questions,
            question -> {
              await(question, third);
              return question * question;
            });

    assertThat(answers).isEqualTo(questions.stream().map(each -> each * each).toList());
  }

  @Test
  void oneThatCannotBeAnsweredIsTheAnswer() {
    assertThatThrownBy(
            () ->
                SideBySide.answers(
                    List.of(1, 2),
                    question -> {
                      throw GridException.of(ErrorCode.INPUT, "Cannot read %d", question);
                    }))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read 1");
  }

  private static void await(int question, CountDownLatch third) {
    if (question == 2) {
      third.countDown();
    }
    try {
      third.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
