package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The passes of both networks over one batch, in the manager of the student's step.
 *
 * @param pair the networks
 * @param input the batch
 * @param student features after each segment
 * @param teacher features after each segment, off the gradient tape
 */
record PairedPasses(NetworkPair pair, NDArray input, List<NDArray> student, List<NDArray> teacher) {
  /** Returns the student's features at a point. */
  NDArray studentAt(int point) {
    return student.get(pair.points().student().get(point));
  }

  /** Returns the teacher's features at a point. */
  NDArray teacherAt(int point) {
    return teacher.get(pair.points().teacher().get(point));
  }

  /** Returns the student as a hybrid path finds it. */
  Strand studentStrand() {
    return new Strand(pair.student(), pair.points().student(), input, student);
  }

  /** Returns the teacher as a hybrid path finds it. */
  Strand teacherStrand() {
    return new Strand(pair.teacher(), pair.points().teacher(), input, teacher);
  }
}
