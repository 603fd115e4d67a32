package org.distillgrid.kd.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.perceptual.lpips.LpipsFiles;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Score;
import org.distillgrid.kd.task.Task;
import org.slf4j.LoggerFactory;

/**
 * Scores the network of a weight file on a folder of ground truth, which the task degrades. For
 * programs; the command {@code evaluate} does the same.
 */
public final class Evaluation {
  private static final long MAX_PIXELS = 100_000_000;

  private final Builder given;

  private Evaluation(Builder given) {
    this.given = given;
  }

  /**
   * How well a folder was restored.
   *
   * @param images the score of each image, in the order of their names
   * @param mean the mean of their PSNR in dB, of their SSIM and of their LPIPS
   */
  public record Scores(List<ImageScore> images, Score mean) {
    public Scores {
      images = List.copyOf(images);
    }
  }

  /** Returns a builder, of which weights, task and images must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Scores the images on the calling thread.
   *
   * @throws org.distillgrid.kd.error.GridException if weights or an image cannot be read, or the
   *     weights are those of another network
   */
  public Scores run() {
    Task task = given.task;
    List<NamedImage> images = images(ImageReader.bounded(MAX_PIXELS));
    ModelWeights weights =
        new ModelWeights(given.weights, given.model, given.channels, task.scale());
    try (LoadedNetwork loaded = weights.open();
        LpipsMetric lpips = lpips()) {
      Judge judge = Judge.by(given.judgement.orElseGet(task::judgement), lpips);
      Consumer<String> notes = LoggerFactory.getLogger(Evaluation.class)::warn;
      Restoration restoration = Restoration.by(loaded.network(), task, given.memory, notes);
      List<ImageScore> scores =
          Evaluator.of(task, loaded.network().target().imageChannels())
              .judgedBy(judge)
              .scores(restoration, images, given.listener);
      return new Scores(scores, ImageScore.mean(scores));
    }
  }

  private List<NamedImage> images(ImageReader reader) {
    return given
        .inputs
        .map(inputs -> ImageFolder.pairs(given.images, inputs, reader))
        .orElseGet(() -> ImageFolder.images(given.images, reader));
  }

  private LpipsMetric lpips() {
    return given
        .lpips
        .map(files -> LpipsMetric.open(files, given.memory))
        .orElse(LpipsMetric.none());
  }

  /** Collects what an evaluation needs. */
  public static final class Builder {
    private Path weights;
    private Task task;
    private Path images;
    private Optional<Path> inputs = Optional.empty();
    private Optional<String> model = Optional.empty();
    private OptionalInt channels = OptionalInt.empty();
    private Optional<Judgement> judgement = Optional.empty();
    private Optional<LpipsFiles> lpips = Optional.empty();
    private MemoryBound memory = MemoryBound.STANDARD;
    private Consumer<ImageScore> listener = score -> {};

    private Builder() {}

    /** Sets the weights: a .safetensors, .pth, .pt or .npz file. */
    public Builder setWeights(Path file) {
      weights = file;
      return this;
    }

    /** Sets what degrades the images and how results are judged. */
    public Builder setTask(Task wanted) {
      task = wanted;
      return this;
    }

    /** Sets the folder of ground-truth images. */
    public Builder setImages(Path folder) {
      images = folder;
      return this;
    }

    /** Sets the folder of inputs, for the task of pairs; each is called as its ground truth is. */
    public Builder optInputs(Path folder) {
      inputs = Optional.of(folder);
      return this;
    }

    /** Names the model, for weights that do not name it. */
    public Builder optModel(String name) {
      model = Optional.of(name);
      return this;
    }

    /** Sets the image channels, 1 or 3, for weights that do not state them; otherwise 3. */
    public Builder optChannels(int count) {
      channels = OptionalInt.of(count);
      return this;
    }

    /** Judges otherwise than the task says. */
    public Builder optJudgement(Judgement other) {
      judgement = Optional.of(other);
      return this;
    }

    /** Measures LPIPS as well. */
    public Builder optLpips(LpipsFiles files) {
      lpips = Optional.of(files);
      return this;
    }

    /** Bounds the memory of one pass; larger images are restored in tiles. */
    public Builder optMemory(MemoryBound bound) {
      memory = bound;
      return this;
    }

    /** Tells each score as soon as it is there. */
    public Builder optListener(Consumer<ImageScore> told) {
      listener = told;
      return this;
    }

    /** Returns the evaluation; nothing has been read yet. */
    public Evaluation build() {
      Objects.requireNonNull(weights, "setWeights");
      Objects.requireNonNull(task, "setTask");
      Objects.requireNonNull(images, "setImages");
      return new Evaluation(this);
    }
  }
}
