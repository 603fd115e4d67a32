package org.distillgrid.kd.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.distillgrid.kd.eval.ModelWeights;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.FolderPatches;
import org.distillgrid.kd.train.patches.NoPatches;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;

/** Collects what a {@link Training} needs. The defaults are those of a spec. */
public final class TrainingBuilder {
  private static final String NO_QUANTIZER = "fp";

  private String student;
  private Task task;
  private Optional<Path> images = Optional.empty();
  private Optional<Path> inputs = Optional.empty();
  private Optional<PatchSource> patches = Optional.empty();
  private PatchSource validation = new NoPatches();
  private Optional<CohortSetup.Teacher> teacher = Optional.empty();
  private Optional<Path> teacherWeights = Optional.empty();
  private Optional<Checkpoint> initial = Optional.empty();
  private Optional<Checkpoint> encoder = Optional.empty();
  private String bits = "fp";
  private String quantizer = "lsq";
  private String method = "none";
  private String teacherModel = "";
  private Optional<String> id = Optional.empty();
  private long seed;
  private int channels = 3;
  private int patch = 96;
  private int calibrationBatches = 4;
  private Schedule schedule = Schedule.ofSteps(5000);
  private TrainingDevice device = TrainingDevice.of(List.of(), 1);
  private Progress progress = (step, steps) -> {};

  TrainingBuilder() {}

  /** Is told how a training goes, on its thread. */
  @FunctionalInterface
  public interface Progress {
    /**
     * A step has ended.
     *
     * @param step updates made so far
     * @param steps updates in all
     */
    void stepEnded(long step, long steps);
  }

  /** Sets the student's model, for instance {@code edsr-c16-b4}. */
  public TrainingBuilder setStudent(String model) {
    student = model;
    return this;
  }

  /** Sets what is restored, for instance {@code Tasks.of("sr", 2)}. */
  public TrainingBuilder setTask(Task wanted) {
    task = wanted;
    return this;
  }

  /** Sets the folder of ground-truth images to learn from. */
  public TrainingBuilder setImages(Path folder) {
    images = Optional.of(folder);
    return this;
  }

  /** Sets the folder of inputs, for the task of pairs; each is called as its ground truth is. */
  public TrainingBuilder optInputs(Path folder) {
    inputs = Optional.of(folder);
    return this;
  }

  /** Sets the patches to learn from, in place of a folder of images. */
  public TrainingBuilder setPatches(PatchSource source) {
    patches = Optional.of(source);
    return this;
  }

  /**
   * Gives it a teacher. Its method says what it learns of it: see {@link #optMethod}.
   *
   * @param model the teacher's model
   * @param weights a .safetensors, .pth, .pt or .npz file
   */
  public TrainingBuilder optTeacher(String model, Path weights) {
    teacherModel = model;
    teacherWeights = Optional.of(weights);
    teacher = Optional.empty();
    return this;
  }

  /** Gives it a teacher whose weights are at hand. */
  public TrainingBuilder optTeacher(String model, Checkpoint weights) {
    teacher = Optional.of(new CohortSetup.Teacher(model, weights));
    teacherWeights = Optional.empty();
    return this;
  }

  /** Sets the method that it is taught by, for instance {@code logits}; otherwise {@code none}. */
  public TrainingBuilder optMethod(String name) {
    method = name;
    return this;
  }

  /** Sets its bits, for instance {@code w4a4}; otherwise full precision. */
  public TrainingBuilder optBits(String widths) {
    bits = widths;
    return this;
  }

  /** Sets its quantiser; otherwise {@code lsq}. Full precision has none. */
  public TrainingBuilder optQuantizer(String name) {
    quantizer = name;
    return this;
  }

  /** Sets how many updates it is given; otherwise 5000. */
  public TrainingBuilder optSteps(long steps) {
    return optSchedule(Schedule.ofSteps(steps));
  }

  /** Sets how long and how fast it is trained. */
  public TrainingBuilder optSchedule(Schedule wanted) {
    schedule = wanted;
    return this;
  }

  /**
   * Sets the full-precision weights that it starts from; otherwise the first values of the seed.
   */
  public TrainingBuilder optInitial(Checkpoint weights) {
    initial = Optional.of(weights);
    return this;
  }

  /** Sets the weights of the encoder in which some methods compare images. */
  public TrainingBuilder optEncoder(Checkpoint weights) {
    encoder = Optional.of(weights);
    return this;
  }

  /** Sets the patches on which the curve's PSNR is taken; otherwise it has none. */
  public TrainingBuilder optValidation(PatchSource source) {
    validation = source;
    return this;
  }

  /** Sets the side of a ground-truth patch in pixels, a multiple of the scale; otherwise 96. */
  public TrainingBuilder optPatch(int side) {
    patch = side;
    return this;
  }

  /** Sets the image channels, 1 or 3; otherwise 3. */
  public TrainingBuilder optChannels(int count) {
    channels = count;
    return this;
  }

  /** Sets the batches on which quantisers set their first ranges; otherwise 4. */
  public TrainingBuilder optCalibrationBatches(int count) {
    calibrationBatches = count;
    return this;
  }

  /** Sets the seed of first values, batches and augmentations; otherwise 0. */
  public TrainingBuilder optSeed(long number) {
    seed = number;
    return this;
  }

  /** Sets what its method's own draws derive from, a trial's id for instance. */
  public TrainingBuilder optId(String text) {
    id = Optional.of(text);
    return this;
  }

  /** Sets what it runs on; otherwise one thread of the CPU. */
  public TrainingBuilder optDevice(TrainingDevice wanted) {
    device = wanted;
    return this;
  }

  /** Tells how the training goes. */
  public TrainingBuilder optListener(Progress told) {
    progress = told;
    return this;
  }

  /**
   * Returns the training, its images and weights read.
   *
   * @throws org.distillgrid.kd.error.GridException if a name is unknown, or images or weights
   *     cannot be read
   */
  public Training build() {
    Objects.requireNonNull(student, "setStudent");
    Objects.requireNonNull(task, "setTask");
    Cell cell = cell();
    CohortSetup setup =
        new CohortSetup(
            task,
            new ModelTarget(channels, task.scale()),
            seed,
            schedule,
            calibrationBatches,
            training(),
            validation,
            teacher(),
            initial.map(weights -> Map.of(student, weights)).orElse(Map.of()),
            encoder,
            List.of(new TrialSetup(id.orElseGet(cell::toString), cell)));
    return new Training(device, setup, progress);
  }

  private Cell cell() {
    String effective = quantizer;
    if (Bits.parse(bits).isFull()) {
      effective = NO_QUANTIZER;
    }
    return Cell.of(student, bits, effective, method, seed);
  }

  private PatchSource training() {
    return patches.orElseGet(
        () -> {
          Path folder = images.orElseThrow(() -> new NullPointerException("setImages"));
          return inputs
              .map(shown -> FolderPatches.ofPairs(folder, shown, task, channels, patch))
              .orElseGet(() -> FolderPatches.of(folder, task, channels, patch));
        });
  }

  private Optional<CohortSetup.Teacher> teacher() {
    return teacher.or(() -> teacherWeights.map(this::read));
  }

  private CohortSetup.Teacher read(Path file) {
    ModelWeights weights =
        new ModelWeights(file, Optional.of(teacherModel), OptionalInt.of(channels), task.scale());
    return new CohortSetup.Teacher(teacherModel, weights.checkpoint());
  }
}
