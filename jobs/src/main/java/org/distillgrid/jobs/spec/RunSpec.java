package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;

/** Everything that one run is told: the whole YAML file, defaults filled in, paths resolved. */
public record RunSpec(
    @Naming(Naming.Kind.SHOWN)
        @Key(help = "the run's name: letters, digits, dots, dashes and underscores")
        String name,
    @Key(help = "images to learn from", standard = "{}") DataSpec data,
    @Key(help = "what is restored", standard = "{}") TaskSpec task,
    @Key(
            help = "the network that students learn from; without it only method none is possible",
            standard = "null")
        Optional<TeacherSpec> teacher,
    @Key(
            help = "in whose features some methods compare images; only made if the grid has one",
            standard = "{}")
        EncoderSpec encoder,
    @Key(help = "the axes whose product is the set of trials", standard = "{}") GridSpec grid,
    @Key(help = "how each trial is trained", standard = "{}") TrainSpec train,
    @Key(help = "images that every trial is scored on", standard = "{}") EvaluateSpec evaluate,
    @Key(help = "how trials are laid over a cluster", standard = "{}") ClusterSpec cluster,
    @Key(help = "where results go", standard = "{}") OutputSpec output) {

  /** Returns this spec with its teacher, if it has one, run at every step. */
  public RunSpec withTeacherAtEveryBatch() {
    return new RunSpec(
        name,
        data,
        task,
        teacher.map(TeacherSpec::atEveryBatch),
        encoder,
        grid,
        train,
        evaluate,
        cluster,
        output);
  }

  /** Returns whether what the teacher says of all patches is computed once for those who can. */
  public boolean predictsOnce() {
    return teacher.filter(each -> each.predict() == TeacherSpec.Predict.ONCE).isPresent();
  }
}
