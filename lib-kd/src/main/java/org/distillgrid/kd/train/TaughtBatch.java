package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Pass;

/**
 * The batch of one step, and what a cohort has of its teacher.
 *
 * @param batch what students see, and what is right
 * @param predicted the teacher's output as it was predicted, N×C×H×W; absent if no member takes it
 * @param pass the teacher's pass; absent if it has run for no member
 */
record TaughtBatch(BatchStream.Batch batch, Optional<NDArray> predicted, Optional<Pass> pass) {
  /** Returns what one member gets of it: never what only a companion has asked for. */
  StepTensors tensors(long step, NDArray input, Pass student, Teaching teaching) {
    NDArray target = batch.target();
    return switch (teaching) {
      case NONE -> new StepTensors(step, input, target, student, Optional.empty());
      case PREDICTED -> new StepTensors(step, input, target, student, predicted, Optional.empty());
      case RUN -> new StepTensors(step, input, target, student, pass);
    };
  }
}
