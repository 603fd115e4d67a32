package org.distillgrid.kd.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.States;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Backward;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.WeightHash;

/** One trial of a cohort: a student, its method, and everything that its next step depends on. */
final class Member implements AutoCloseable {
  private static final String STEP_KEY = "step";
  private static final String SECONDS_KEY = "seconds";
  private static final String FIXED_SCALES = "fixed scales/";
  private static final String METHOD = "method/";

  private final TrialSetup trial;
  private final Schedule schedule;
  private final QuantizedNetwork student;
  private final Copies copies;
  private final Distiller distiller;
  private final Teaching teaching;
  private final CurveRecorder curve = new CurveRecorder();
  private final Divergence divergence = new Divergence();
  private final NDManager manager;
  private final long steps;
  private final TrainedSets sets;
  private long step;
  private double seconds;

  Member(
      TrialSetup trial,
      Schedule schedule,
      QuantizedNetwork student,
      Copies copies,
      Distiller distiller,
      Teaching teaching,
      NDManager manager,
      long steps) {
    this.trial = trial;
    this.schedule = schedule;
    this.student = student;
    this.copies = copies;
    this.distiller = distiller;
    this.teaching = teaching;
    this.manager = manager;
    this.steps = steps;
    this.sets = new TrainedSets(schedule, manager);
  }

  TrialSetup trial() {
    return trial;
  }

  QuantizedNetwork student() {
    return student;
  }

  /** Returns what owns all its arrays. */
  NDManager manager() {
    return manager;
  }

  /** Returns how many updates it has had. */
  long step() {
    return step;
  }

  /** Returns whether it has had all its updates. */
  boolean isDone() {
    return step >= steps;
  }

  /** Returns how it comes to what it reads of the teacher. */
  Teaching teaching() {
    return teaching;
  }

  /**
   * Trains one step.
   *
   * @throws GridException if the loss is not finite
   */
  void train(TaughtBatch batch) {
    try (NDManager scratch = manager.newSubManager()) {
      Gradients found = descend(batch, scratch);
      StepTensors tensors = found.tensors();
      double rate = schedule.rateAt(step);
      step++;
      found.ofOther().ifPresent(other -> imagine(other, tensors, rate, scratch));
      sets.update(step, rate, found.gradients(), scratch);
      distiller.stepEnded(tensors);
      curve.observe(distiller.observations());
    }
  }

  /**
   * What a step has found out before anything is moved.
   *
   * @param tensors what its loss was made of
   * @param gradients of its loss, by set
   * @param ofOther those of the loss that the method compares its own with
   */
  private record Gradients(
      StepTensors tensors, List<NDArray> gradients, Optional<List<NDArray>> ofOther) {}

  private void imagine(
      List<NDArray> gradients, StepTensors tensors, double rate, NDManager scratch) {
    Runnable look = () -> distiller.otherStepImagined(tensors);
    sets.imagined(step, rate, gradients, scratch, look);
  }

  private Gradients descend(TaughtBatch taught, NDManager scratch) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      // An alias in this trial's manager, so that its graph is freed with its step.
      NDArray shared = taught.batch().input();
      NDArray input = shared.reshape(shared.getShape());
      input.attach(scratch);
      double done = (double) step / steps;
      Pass pass = student.training(done, () -> Pass.of(student.network().architecture(), input));
      StepTensors tensors =
          taught.tensors(step, input, pass, teaching).comparedBy(schedule.descent().loss());
      LossTerms terms = distiller.loss(tensors);
      Optional<NDArray> excess = terms.excess();
      NDArray loss = terms.total();
      if (excess.isPresent()) {
        Backward.keepingTape(loss);
      } else {
        collector.backward(loss);
      }
      List<NDArray> gradients = sets.gradients(scratch);
      Optional<List<NDArray>> ofOther =
          excess.map(
              more -> {
                // PyTorch adds to the gradients that are there.
                collector.backward(more);
                return sets.gradients(scratch);
              });
      double total = curve.add(terms);
      if (!Double.isFinite(total)) {
        throw GridException.of(
            ErrorCode.TRAINING, "Cannot go on at step %d: the loss is %s", step, total);
      }
      divergence.loss(total);
      return new Gradients(tensors, gradients, ofOther);
    }
  }

  /** Adds the time that it took of the cohort's. */
  void spend(double moreSeconds) {
    seconds += moreSeconds;
  }

  /** Notes how its first weights restore the validation patches. */
  void begin(Validation validation) {
    if (!isDone()) {
      divergence.start(validation.psnr(student.network(), manager));
    }
  }

  /** Closes a stretch of the curve with the validation's result on the averaged weights. */
  void validate(Validation validation) {
    curve.mark(step);
    curve.add(step, "learning_rate", schedule.rateAt(Math.max(0, step - 1)));
    double psnr = sets.averaged(() -> validation.psnr(student.network(), manager));
    curve.add(step, CurveRecorder.VALIDATION_PSNR, psnr);
  }

  /** Returns everything that the rest of the trial depends on. */
  Checkpoint state() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    sets.export(tensors);
    tensors.putAll(States.under(FIXED_SCALES, student.quantization().unlearned()));
    tensors.putAll(States.under(METHOD, distiller.state()));
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(STEP_KEY, Long.toString(step));
    metadata.put(SECONDS_KEY, Double.toString(seconds));
    curve.export(metadata);
    divergence.export(metadata);
    return new Checkpoint(tensors, metadata);
  }

  /** Takes a state of this trial, that {@link #state} gave, in place of its first step. */
  void restore(Checkpoint state) {
    student.quantization().putIn(States.without(FIXED_SCALES, state.tensors()));
    makeTrainable();
    sets.restore(state.tensors());
    distiller.restore(States.without(METHOD, state.tensors()));
    curve.restore(state.metadata());
    divergence.restore(state.metadata());
    step = Long.parseLong(state.metadata().get(STEP_KEY));
    seconds = Double.parseDouble(state.metadata().get(SECONDS_KEY));
  }

  /**
   * Returns what the training left: the averaged weights, or the first ones where none was made.
   */
  TrainedTrial finish() {
    return sets.averaged(this::trained);
  }

  private TrainedTrial trained() {
    Checkpoint weights = student.checkpoint();
    return new TrainedTrial(
        trial.id(),
        step,
        seconds,
        weights,
        WeightHash.of(weights.tensors()),
        student.network().parameters().learnedElements(),
        PackedStudent.of(student).bytes(),
        divergence.reason(curve),
        curve.points());
  }

  /** Returns where its method distils in a patch, by caption; empty if it weights nothing. */
  Map<String, HostTensor> maps(BatchStream.Batch patch, Pass teacherPass) {
    return sets.averaged(
        () -> {
          Pass pass = Pass.of(student.network().architecture(), patch.input());
          StepTensors tensors =
              new StepTensors(step, patch.input(), patch.target(), pass, Optional.of(teacherPass));
          Map<String, HostTensor> maps = new LinkedHashMap<>();
          distiller
              .maps(tensors)
              .forEach((caption, map) -> maps.put(caption, FlatTensors.export(map)));
          return maps;
        });
  }

  /** Makes its student, and what its method trains beside it, leaves of the gradient tape. */
  void makeTrainable() {
    if (steps == 0) {
      return;
    }
    sets.add("student", student.network().parameters());
    if (!student.quantization().learned().isEmpty()) {
      sets.addScales("scales", student.quantization().learned(), student.quantizer().rateFactor());
    }
    copies.follow(sets.averages());
    int number = 0;
    for (ParameterSet own : distiller.trainedWithStudent()) {
      sets.add(trial.cell().method().identity() + number, own);
      number++;
    }
  }

  @Override
  public void close() {
    distiller.close();
    manager.close();
  }
}
