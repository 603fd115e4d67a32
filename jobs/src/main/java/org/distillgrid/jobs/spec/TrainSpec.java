package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Defaults;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;

/** What each trial starts from, and how it is trained. */
public record TrainSpec(
    @Key(
            help =
                "what trials start from. pretrained: a full-precision student of their seed, trained"
                    + " first, from its weights if it has some; scratch: the first values of their"
                    + " seed; given: the student's weights as they are; teacher: the teacher's, whose"
                    + " network every student then is; null: given for students with weights,"
                    + " pretrained for others",
            standard = "null")
        Optional<Start> start,
    @Key(
            help =
                "training of the full-precision student that all trials of one student and seed"
                    + " start from",
            standard = "{}")
        SharedTraining pretrain,
    @Inlined @Defaults({"steps: 5000", "learningRate: 1e-4"}) TrainingSettings settings,
    @Key(
            help = "batches on which quantisers set their first ranges",
            standard = "4",
            least = 1,
            most = 10000)
        int calibrationBatches,
    @Key(
            help = "most patches that a validation during training uses",
            standard = "16",
            least = 1,
            most = 100000)
        int validatePatches)
    implements Serializable {

  /** What trials start from. */
  public enum Start {
    /** A full-precision student that is trained first, once for all trials of its seed. */
    PRETRAINED,
    /** The first values of the seed. */
    SCRATCH,
    /** The weights that the spec gives the student. */
    GIVEN,
    /** The weights of the teacher, whose network the student is. */
    TEACHER
  }

  /** Returns what the trials of a student start from. */
  public Start start(StudentSpec student) {
    Start standard = Start.PRETRAINED;
    if (student.weights().isPresent()) {
      standard = Start.GIVEN;
    }
    return start.orElse(standard);
  }
}
