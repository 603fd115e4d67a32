package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;

/** The network that students learn from. */
public record TeacherSpec(
    @Naming(Naming.Kind.MODEL)
        @Key(help = "the teacher's model, a name as in `distill-grid list students`")
        String model,
    @Key(
            help =
                "a checkpoint (.safetensors, .pth, .pt or .npz) to take instead of training the teacher;"
                    + " FILE#part names one network of several",
            standard = "null")
        Optional<String> weights,
    @Key(help = "the teacher's own training, when no weights are given", standard = "{}")
        SharedTraining train,
    @Key(
            help =
                "once: what the teacher makes of every patch is computed once and kept, for trials"
                    + " whose method reads nothing else of it; batch: it runs at every step; part of"
                    + " a trial's identity",
            standard = "once")
        Predict predict,
    @Key(help = "where predictions are kept, for this run and others", standard = "{}")
        Cache cache) {

  /** When the teacher runs for trials whose method reads nothing but its output. */
  public enum Predict {
    /** Once, over all patches in all turns. */
    ONCE,
    /** At every step, over the step's batch. */
    BATCH
  }

  /** Where predictions are kept across runs. */
  public record Cache(
      @Key(
              help =
                  "a folder that every executor reaches, on this machine or at a Hadoop URI; null:"
                      + " `predictions` beside the run's folder",
              standard = "null")
          Optional<String> path,
      @Key(
              help =
                  "most GiB of it; what no run uses now is deleted for it, the least recently used"
                      + " first",
              standard = "20",
              least = 0)
          double mostGiB) {}

  /** Returns this teacher, run at every step. */
  TeacherSpec atEveryBatch() {
    return new TeacherSpec(model, weights, train, Predict.BATCH, cache);
  }
}
