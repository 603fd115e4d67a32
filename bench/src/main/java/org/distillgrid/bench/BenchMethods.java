package org.distillgrid.bench;

import ai.djl.ndarray.NDManager;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.Methods;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.perceptual.VqAutoEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * Times a training step of every registered method, of variants and of some sums, against that of
 * {@code none}: EDSR 64×16 at w4a4, RLFN ×2 teacher, batch and patch of {@link BenchStep}. A
 * method's time includes the teacher's pass, which a cohort would share; encoders are the small
 * one. Every round times all methods in turn; ratios are within a round.
 */
public final class BenchMethods {
  private static final String NONE = "none";
  private static final List<String> SUMS = List.of("spark+mipkd", "spark+dckd", "dckd+dukd");
  private static final int EVERY = 4;
  // SPARK with a policy that learns at one step in four, with credit by cell, and as it first was.
  private static final List<String> VARIANTS =
      List.of(
          "spark(every=" + EVERY + ")",
          "spark(reward=cells)",
          "spark(loss=l1,map=normal,normalise=mean,policy=wide,reward=psnr)");
  private static final ModelTarget TARGET = new ModelTarget(3, 2);
  private static final int SIDE = 48;

  private BenchMethods() {}

  /**
   * Prints a table: {@code RLFN_X2_WEIGHTS [--rounds N] [--seconds S] [--threads N] [--only
   * METHOD]…}.
   */
  public static void main(String[] args) {
    List<String> arguments = Arrays.asList(args);
    Checkpoint teacher = Checkpoints.open(Path.of(arguments.get(0)));
    int rounds = (int) Stopwatch.option(arguments, "--rounds", 3);
    double seconds = Stopwatch.option(arguments, "--seconds", 8);
    int threads = (int) Stopwatch.option(arguments, "--threads", 1);
    List<String> methods =
        IntStream.range(1, arguments.size())
            .filter(i -> arguments.get(i - 1).equals("--only"))
            .mapToObj(arguments::get)
            .toList();
    if (methods.isEmpty()) {
      methods = methods(Methods.registry());
    }
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("methods: round %d of %d%n", round, rounds);
      double before = time(NONE, teacher, seconds, threads);
      for (String method : methods) {
        double taken = time(method, teacher, seconds, threads);
        double after = time(NONE, teacher, seconds, threads);
        Sample sample = new Sample(taken, 2 * taken / (before + after));
        System.err.printf(
            Locale.ROOT,
            "methods: %s %.1f ms, %.2f of none%n",
            method,
            sample.milliseconds(),
            sample.ratio());
        samples.computeIfAbsent(method, first -> new ArrayList<>()).add(sample);
        before = after;
      }
    }
    print(samples, System.out);
  }

  /**
   * One measurement of a method.
   *
   * @param milliseconds a step's mean, as some methods have dear steps and cheap ones
   * @param ratio over the mean of two measurements of {@code none}, right before and right after: a
   *     machine may be faster at one hour than at another
   */
  private record Sample(double milliseconds, double ratio) {}

  private static List<String> methods(Registry<Method> registry) {
    List<String> methods = new ArrayList<>();
    registry.all().stream()
        .map(Method::name)
        .filter(name -> !name.equals(NONE))
        .forEach(methods::add);
    methods.addAll(VARIANTS);
    for (String sum : SUMS) {
      List<String> terms = List.of(sum.split("\\+", -1));
      if (registry.names().containsAll(terms)) {
        methods.add(sum);
      }
    }
    return methods;
  }

  private static double time(String method, Checkpoint teacher, double seconds, int threads) {
    Schedule schedule = new Schedule(1_000_000, 4, 1e-4, List.of(), 1, 0.999, 1_000_000, 1_000_000);
    CohortSetup setup =
        new CohortSetup(
            new SuperResolution(2),
            TARGET,
            0,
            schedule,
            1,
            new NoisePatches(64, SIDE, 2),
            new NoisePatches(0, SIDE, 2),
            Optional.of(new CohortSetup.Teacher("rlfn", teacher)),
            Map.of(),
            Optional.empty(),
            List.of(new TrialSetup(method, Cell.of("edsr-c64-b16", "w4a4", "lsq", method, 0))));
    if (MethodSum.parse(method).readsEncoder()) {
      setup = setup.withEncoder(encoder());
    }
    Stopwatch stopwatch = new Stopwatch(seconds);
    try {
      CohortTraining.run(TrainingDevice.of(List.of(), threads), setup, Map.of(), stopwatch);
    } catch (Stopwatch.Enough e) {
      return stopwatch.meanMilliseconds(EVERY);
    }
    throw new IllegalStateException("The training ended before it was timed");
  }

  // The small one; weights that nothing has trained cost as much as others.
  private static Checkpoint encoder() {
    try (NDManager manager = NDManager.newBaseManager();
        VqAutoEncoder network =
            new VqAutoEncoder(EncoderShape.small(), Draws.of("encoder"), manager)) {
      return network.encoder();
    }
  }

  private static void print(Map<String, List<Sample>> samples, PrintStream out) {
    out.println("| method | ms a step | over none | range |");
    out.println("|---|---|---|---|");
    samples.forEach(
        (method, rounds) -> {
          double[] ratios = rounds.stream().mapToDouble(Sample::ratio).sorted().toArray();
          double[] times = rounds.stream().mapToDouble(Sample::milliseconds).sorted().toArray();
          out.printf(
              Locale.ROOT,
              "| %s | %.1f | %.2f | %.2f–%.2f |%n",
              method,
              Stopwatch.median(times),
              Stopwatch.median(ratios),
              ratios[0],
              ratios[ratios.length - 1]);
        });
  }
}
