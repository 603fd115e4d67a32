package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.junit.jupiter.api.Test;

class TestStepTime {
  private static final TrainingDevice DEVICE = TrainingDevice.of(List.of(), 1);

  @Test
  void measuresStepsOfTheWholeBatchWhereThereIsTime() {
    StepTime time = StepTime.measure(step("edsr-c16-b2", 4, 32), DEVICE, 2);

    assertThat(time.batch()).isEqualTo(4);
    assertThat(time.seconds()).isPositive();
    assertThat(time.secondsPerPixel()).isEqualTo(time.seconds() / (4 * 32 * 32));
  }

  @Test
  void measuresOnePatchWhereABatchWouldTakeTooLong() {
    StepTime time = StepTime.measure(step("edsr-c16-b2", 4096, 96), DEVICE, 0.01);

    assertThat(time.batch()).isOne();
    assertThat(time.seconds()).isPositive();
  }

  @Test
  void aStudentThatCannotBeTrainedIsTold() {
    StepTime.Step step =
        new StepTime.Step(Cell.of("edsr-c16-b2", "fp", "fp", "logits", 0), task(), 3, 32, 4);

    assertThatThrownBy(() -> StepTime.measure(step, DEVICE, 1)).isInstanceOf(GridException.class);
  }

  private static StepTime.Step step(String student, int batch, int side) {
    return new StepTime.Step(Cell.of(student, "fp", "fp", "none", 0), task(), 3, side, batch);
  }

  private static Task task() {
    return Tasks.of("sr", 2);
  }
}
