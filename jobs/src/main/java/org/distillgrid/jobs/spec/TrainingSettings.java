package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.jobs.spec.binding.Defaults;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.nn.optimizer.Optimizer;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.recipe.Descent;
import org.distillgrid.kd.train.recipe.RateCourse;
import org.distillgrid.kd.train.recipe.Windows;

/**
 * How a network is trained. The defaults are those of a training from scratch, a teacher's or that
 * of the shared students; other trainings say what differs by {@link Defaults}.
 */
public record TrainingSettings(
    @Key(help = "updates of the network", standard = "10000", least = 1) long steps,
    @Key(help = "patches a step", standard = "16", least = 1, most = 4096) int batch,
    @Key(
            help = "Adam's rate at the first step, or after the warm-up",
            standard = "5e-4",
            least = 1e-9,
            most = 1)
        double learningRate,
    @Key(
            help =
                "step: the rate falls at decayAt; cosine: it falls as half a cosine to leastRate",
            standard = "step")
        RateCourse.Shape schedule,
    @Key(
            help = "fractions of the steps at which the rate is multiplied by decay",
            standard = "[0.5, 0.8]")
        List<Double> decayAt,
    @Key(help = "factor of the rate at each of decayAt", standard = "0.5", least = 1e-9, most = 1)
        double decay,
    @Key(help = "rate at which a cosine ends", standard = "0", least = 0, most = 1)
        double leastRate,
    @Key(
            help = "fraction of the steps at which a cosine begins to fall",
            standard = "0",
            least = 0,
            most = 0.999999)
        double cosineFrom,
    @Key(
            help = "first steps, over which the rate rises in a line from nothing",
            standard = "0",
            least = 0)
        long warmUp,
    @Key(
            help = "adam, or adamw, which decays weights beside the gradient and not in it",
            standard = "adam")
        Optimizer.Kind optimizer,
    @Key(
            help = "decay of the means of gradients and of their squares, two numbers",
            standard = "[0.9, 0.99]",
            least = 0,
            most = 0.999999)
        List<Double> betas,
    @Key(
            help = "how strongly each step draws weights to zero",
            standard = "0",
            least = 0,
            most = 100)
        double weightDecay,
    @Key(
            help = "greatest norm of a step's gradients, all that it moves together; 0: any",
            standard = "0",
            least = 0)
        double clip,
    @Key(
            help = "how a network's output is compared with the ground truth, whatever the method",
            standard = "l1")
        PixelLoss loss,
    @Key(
            help =
                "spans of steps with windows and batches of their own, instead of data.window and"
                    + " batch; needs data.crop: random",
            standard = "[]")
        List<ProgressiveSpan> progressive,
    @Key(
            help = "decay of the moving average of the weights, which is evaluated; 0: no average",
            standard = "0.999",
            least = 0,
            most = 0.999999)
        double ema,
    @Key(help = "steps between two validations", standard = "500", least = 1) long validateEvery,
    @Key(help = "steps between two resumable checkpoints", standard = "500", least = 1)
        long checkpointEvery)
    implements Serializable {

  public TrainingSettings {
    decayAt = List.copyOf(decayAt);
    betas = List.copyOf(betas);
    progressive = List.copyOf(progressive);
  }

  /** Returns the schedule as the training loop takes it, over such patches. */
  public Schedule over(DataSpec data) {
    Optimizer rule = new Optimizer(optimizer, betas.get(0), betas.get(1), weightDecay);
    List<Windows.Span> spans = progressive.stream().map(ProgressiveSpan::span).toList();
    return new Schedule(
            steps, batch, learningRate, decayAt, decay, ema, validateEvery, checkpointEvery)
        .withCourse(new RateCourse(schedule, leastRate, cosineFrom, warmUp))
        .withDescent(new Descent(rule, clip, loss))
        .withWindows(new Windows(data.window().orElse(0), spans));
  }
}
