package org.distillgrid.kd.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.States;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.WeightHash;

/** One trial of a cohort: a student, its method, and everything that its next step depends on. */
final class Member implements AutoCloseable {
  private static final String STEP_KEY = "step";
  private static final String SECONDS_KEY = "seconds";
  private static final String FIXED_SCALES = "fixed scales/";
  private static final String METHOD = "method/";

  /**
   * What all members of a cohort learn from.
   *
   * @param teacher the teacher's network, if there is one
   * @param encoder in whose features images are compared, if there is one
   */
  record Frozen(Optional<Architecture> teacher, Optional<PerceptualEncoder> encoder) {}

  private final TrialSetup trial;
  private final Schedule schedule;
  private final QuantizedNetwork student;
  private final Copies copies;
  private final Distiller distiller;
  private final CurveRecorder curve = new CurveRecorder();
  private final NDManager manager;
  private final long steps;
  private List<Updated> updated = List.of();
  private long step;
  private double seconds;

  private Member(
      TrialSetup trial,
      Schedule schedule,
      QuantizedNetwork student,
      Copies copies,
      Distiller distiller,
      NDManager manager,
      long steps) {
    this.trial = trial;
    this.schedule = schedule;
    this.student = student;
    this.copies = copies;
    this.distiller = distiller;
    this.manager = manager;
    this.steps = steps;
  }

  /** Builds a trial at its first step. */
  static Member start(
      TrialSetup trial, CohortSetup cohort, Frozen frozen, BatchStream stream, NDManager parent) {
    Member member = build(trial, cohort, frozen, parent);
    try {
      Checkpoint initial = cohort.initial().get(trial.student());
      if (initial != null) {
        member.student.network().load(initial, "the first weights of " + trial.student());
      }
      try (NDManager scratch = member.manager.newSubManager()) {
        List<NDArray> batches =
            IntStream.range(0, cohort.calibrationBatches())
                .mapToObj(number -> stream.calibration(number, scratch))
                .toList();
        member.student.calibrate(batches);
        member.student.tune(batches, member.manager);
      }
      member.makeTrainable();
      return member;
    } catch (RuntimeException e) {
      member.close();
      throw e;
    }
  }

  /** Builds a trial at the step of a state that {@link #state} gave. */
  static Member resume(
      TrialSetup trial, CohortSetup cohort, Frozen frozen, Checkpoint state, NDManager parent) {
    Member member = build(trial, cohort, frozen, parent);
    try {
      member.restore(state);
      return member;
    } catch (RuntimeException e) {
      member.close();
      throw e;
    }
  }

  private static Member build(
      TrialSetup trial, CohortSetup cohort, Frozen frozen, NDManager parent) {
    NDManager manager = parent.newSubManager();
    // Keyed by seed and model alone: every trial of a student and seed starts from the same values.
    Draws first = Draws.of("first values/" + cohort.seed() + "/" + trial.student());
    QuantizedNetwork student =
        QuantizedNetwork.build(
            trial.student(),
            cohort.target(),
            trial.quantizer(),
            Bits.parse(trial.bits()),
            first,
            manager);
    long steps = cohort.schedule().steps();
    if (student.quantizer().kind() == QuantizerFamily.Kind.POST_TRAINING) {
      steps = 0;
    }
    Copies copies = new Copies(student);
    DistillerContext context =
        new DistillerContext(
            student.network().architecture(),
            frozen.teacher(),
            frozen.encoder(),
            Optional.of(copies),
            steps,
            Draws.of(trial.id()),
            manager);
    Distiller distiller = MethodSum.parse(trial.method()).distiller(context);
    return new Member(trial, cohort.schedule(), student, copies, distiller, manager, steps);
  }

  TrialSetup trial() {
    return trial;
  }

  /** Returns how many updates it has had. */
  long step() {
    return step;
  }

  /** Returns whether it has had all its updates. */
  boolean isDone() {
    return step >= steps;
  }

  boolean needsTeacher() {
    return distiller.teacherUse() == Distiller.TeacherUse.PASS;
  }

  /**
   * Trains one step.
   *
   * @throws GridException if the loss is not finite
   */
  void train(BatchStream.Batch batch, Optional<Pass> teacherPass) {
    try (NDManager scratch = manager.newSubManager()) {
      StepTensors tensors = descend(batch, teacherPass, scratch);
      double rate = schedule.rateAt(step);
      step++;
      updated.forEach(set -> set.update(step, rate, scratch));
      distiller.stepEnded(tensors);
      curve.observe(distiller.observations());
    }
  }

  private StepTensors descend(
      BatchStream.Batch batch, Optional<Pass> teacherPass, NDManager scratch) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      // An alias in this trial's manager, so that its graph is freed with its step.
      var input = batch.input().reshape(batch.input().getShape());
      input.attach(scratch);
      Pass pass = Pass.of(student.network().architecture(), input);
      StepTensors tensors = new StepTensors(step, input, batch.target(), pass, teacherPass);
      LossTerms terms = distiller.loss(tensors);
      collector.backward(terms.total());
      double total = curve.add(terms);
      if (!Double.isFinite(total)) {
        throw GridException.of(
            ErrorCode.TRAINING, "Cannot go on at step %d: the loss is %s", step, total);
      }
      return tensors;
    }
  }

  /** Adds the time that it took of the cohort's. */
  void spend(double moreSeconds) {
    seconds += moreSeconds;
  }

  /** Closes a stretch of the curve with the validation's result on the averaged weights. */
  void validate(Validation validation) {
    curve.mark(step);
    curve.add(step, "learning_rate", schedule.rateAt(Math.max(0, step - 1)));
    averaged(() -> curve.add(step, "validation_psnr", validation.psnr(student.network(), manager)));
  }

  private void averaged(Runnable work) {
    Runnable nested = work;
    for (Updated set : updated) {
      Runnable inner = nested;
      nested = () -> set.average().inPlace(inner);
    }
    nested.run();
  }

  /** Returns everything that the rest of the trial depends on. */
  Checkpoint state() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    updated.forEach(set -> set.export(tensors));
    tensors.putAll(States.under(FIXED_SCALES, student.quantization().fixed().export()));
    tensors.putAll(States.under(METHOD, distiller.state()));
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(STEP_KEY, Long.toString(step));
    metadata.put(SECONDS_KEY, Double.toString(seconds));
    curve.export(metadata);
    return new Checkpoint(tensors, metadata);
  }

  private void restore(Checkpoint state) {
    student.quantization().putIn(States.without(FIXED_SCALES, state.tensors()));
    makeTrainable();
    updated.forEach(set -> set.restore(state.tensors()));
    distiller.restore(States.without(METHOD, state.tensors()));
    curve.restore(state.metadata());
    step = Long.parseLong(state.metadata().get(STEP_KEY));
    seconds = Double.parseDouble(state.metadata().get(SECONDS_KEY));
  }

  /**
   * Returns what the training left: the averaged weights, or the first ones where none was made.
   */
  TrainedTrial finish() {
    Network network = student.network();
    Checkpoint[] weights = new Checkpoint[1];
    byte[][] packed = new byte[1][];
    averaged(
        () -> {
          weights[0] = student.checkpoint();
          packed[0] = PackedStudent.of(student).bytes();
        });
    return new TrainedTrial(
        trial.id(),
        step,
        seconds,
        weights[0],
        WeightHash.of(weights[0].tensors()),
        network.parameters().learnedElements(),
        packed[0],
        curve.points());
  }

  /** Returns where its method distils in a patch, by caption; empty if it weights nothing. */
  Map<String, HostTensor> maps(BatchStream.Batch patch, Pass teacherPass) {
    Map<String, HostTensor> maps = new LinkedHashMap<>();
    averaged(
        () -> {
          Pass pass = Pass.of(student.network().architecture(), patch.input());
          StepTensors tensors =
              new StepTensors(step, patch.input(), patch.target(), pass, Optional.of(teacherPass));
          distiller
              .maps(tensors)
              .forEach((caption, map) -> maps.put(caption, FlatTensors.export(map)));
        });
    return maps;
  }

  private void makeTrainable() {
    if (steps == 0) {
      return;
    }
    List<Updated> sets = new ArrayList<>();
    sets.add(track("student", student.network().parameters(), 1));
    if (!student.quantization().learned().isEmpty()) {
      double factor = student.quantizer().rateFactor();
      sets.add(track("scales", student.quantization().learned(), factor));
    }
    copies.follow(sets.stream().map(Updated::average).toList());
    int number = 0;
    for (ParameterSet own : distiller.trainedWithStudent()) {
      sets.add(track(trial.method() + number, own, 1));
      number++;
    }
    updated = List.copyOf(sets);
  }

  private Updated track(String name, ParameterSet parameters, double rateFactor) {
    return new Updated(name, parameters, rateFactor, schedule.ema(), manager);
  }

  @Override
  public void close() {
    distiller.close();
    manager.close();
  }
}
