package org.distillgrid.jobs.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.distillgrid.jobs.cluster.MemoryNeed;
import org.distillgrid.jobs.fleet.agenda.Agenda;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.NetworkMemory;

/**
 * What a process that trains for a spec takes of memory: the most that any of its orders does,
 * counted on the networks themselves before anything is started. The formula is in {@code
 * docs/cluster.md}.
 */
public final class GridMemory {
  // Spark, the rows of a patch table, and one image of the field's size while it is cut.
  private static final long HEAP = 768L << 20;

  // An encoder that is given is a VQGAN, the small one eight times as wide and twice as deep.
  private static final int GIVEN_ENCODER = 16;

  // The literature counts a restored image of 1280×720.
  private static final long IMAGE_PIXELS = 1280L * 720;

  private final RunSpec spec;
  private final ModelTarget target;
  private final List<Trial> trials;
  private final int useful;
  private final Optional<NetworkMemory> teacher;
  private final Optional<NetworkMemory> encoder;
  private final Map<String, NetworkMemory> students = new HashMap<>();

  private GridMemory(RunSpec spec, Catalog catalog, List<Trial> trials, int useful) {
    this.spec = spec;
    this.target = new ModelTarget(spec.data().channels(), spec.task().scale());
    this.trials = trials;
    this.useful = useful;
    this.teacher = spec.teacher().map(given -> plain(catalog.model(given.model())));
    this.encoder = encoder();
    for (Trial trial : trials) {
      students.computeIfAbsent(key(trial.cell()), absent -> quantized(trial.cell()));
      String student = trial.cell().student().text();
      students.computeIfAbsent(student, absent -> plain(trial.cell().student()));
    }
  }

  /** Counts for a whole run. */
  public static GridMemory ofRun(RunSpec spec, Catalog catalog) {
    TrialPlan plan = GridExpansion.expand(spec, catalog);
    List<Trial> trials = plan.expected();
    return new GridMemory(spec, catalog, trials, Math.max(1, trials.size()));
  }

  /** Counts for the teacher alone, which one process trains. */
  public static GridMemory ofTeacher(RunSpec spec, Catalog catalog) {
    return new GridMemory(spec, catalog, List.of(), 1);
  }

  /** Counts for passes of the teacher over patches, which any number of processes share. */
  public static GridMemory ofScore(RunSpec spec, Catalog catalog) {
    return new GridMemory(spec, catalog, List.of(), Integer.MAX_VALUE);
  }

  /** Returns how many processes can have work at once, at least 1. */
  public int useful() {
    return useful;
  }

  /**
   * Returns what one process takes.
   *
   * @param workers how many there are: the more, the fewer trials share one
   */
  public MemoryNeed need(int workers) {
    int members = members(workers);
    long tensors =
        LongStream.of(teaching(), encoding(), pretraining(), cohort(members)).max().orElseThrow();
    return new MemoryNeed(heap(members), Math.round(tensors * NetworkMemory.MARGIN));
  }

  private int members(int workers) {
    if (trials.isEmpty()) {
      return 0;
    }
    long ofSeed =
        trials.stream()
            .collect(Collectors.groupingBy(trial -> trial.cell().seed(), Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    int most = Agenda.mostTogether(trials.size(), workers, spec.cluster().cohort());
    return (int) Math.min(ofSeed, most);
  }

  // Weights travel through the heap: the teacher's, and one member's whole state, twice while it
  // is written.
  private long heap(int members) {
    long states = 0;
    if (members > 0) {
      states = 2 * largestKept();
    }
    long taught = teacher.map(GridMemory::onTheHeap).orElse(0L);
    return HEAP + taught + states + 2 * lpips(Backbone::weightBytes);
  }

  private static long onTheHeap(NetworkMemory network) {
    return 2 * network.keptBytes();
  }

  private long teaching() {
    if (teacher.isEmpty()) {
      return 0;
    }
    NetworkMemory network = teacher.get();
    long trained = 0;
    TeacherSpec given = spec.teacher().orElseThrow();
    if (given.weights().isEmpty()) {
      trained = network.keptBytes() + network.stepBytes(inputPixels(given.train().settings()));
    }
    return Math.max(trained, network.weightBytes() + restoring(network));
  }

  private long encoding() {
    if (encoder.isEmpty() || spec.encoder().weights().isPresent()) {
      return 0;
    }
    NetworkMemory network = encoder.get();
    return network.keptBytes() + network.stepBytes(targetPixels(spec.encoder().train().settings()));
  }

  private long pretraining() {
    long pixels = inputPixels(spec.train().pretrain().settings());
    return trials.stream()
        .filter(trial -> trial.from().isPretrained())
        .map(trial -> students.get(trial.cell().student().text()))
        .mapToLong(network -> network.keptBytes() + network.stepBytes(pixels))
        .max()
        .orElse(0);
  }

  // What all members keep, and one member's step after the other beside the teacher's pass.
  private long cohort(int members) {
    long steps = trials.stream().mapToLong(this::step).max().orElse(0);
    return members * largestKept() + steps;
  }

  private long largestKept() {
    return trials.stream()
        .mapToLong(trial -> students.get(key(trial.cell())).keptBytes())
        .max()
        .orElse(0);
  }

  private long step(Trial trial) {
    NetworkMemory student = students.get(key(trial.cell()));
    TrainingSettings settings = spec.train().settings();
    long pixels = inputPixels(settings);
    long step = student.stepBytes(pixels);
    long taught = teacher.map(t -> t.weightBytes() + t.passBytes(pixels)).orElse(0L);
    if (trial.readsTeacher()) {
      step += taught;
    }
    if (readsMore(trial)) {
      // Passes of its own over mixed or reused features.
      step += student.passBytes(pixels) + taught;
    }
    if (trial.cell().method().readsEncoder()) {
      // The student's images and those that they are compared with.
      NetworkMemory network = encoder.orElseThrow();
      step += network.weightBytes() + 2 * network.passBytes(targetPixels(settings));
    }
    return Math.max(step, student.weightBytes() + restoring(student));
  }

  private static boolean readsMore(Trial trial) {
    return trial.readsTeacher() && !trial.cell().method().canonical().equals("logits");
  }

  private long restoring(NetworkMemory network) {
    long image = network.restoringBytesPerPixel() * IMAGE_PIXELS / area(target.scale());
    // What is counted for an image has a margin of its own.
    long bound = MemoryBound.mebibytes(spec.evaluate().memory()).bytes();
    // LPIPS looks at an image once it is restored, so that only the greater of both counts.
    long seen = lpips(backbone -> backbone.bytesPerPixel() * IMAGE_PIXELS);
    return lpips(Backbone::weightBytes)
        + Math.round(Math.min(Math.max(image, seen), bound) / NetworkMemory.MARGIN);
  }

  private long lpips(ToLongFunction<Backbone> count) {
    return spec.evaluate().lpips().map(lpips -> count.applyAsLong(lpips.backbone())).orElse(0L);
  }

  private long inputPixels(TrainingSettings settings) {
    return targetPixels(settings) / area(target.scale());
  }

  private long targetPixels(TrainingSettings settings) {
    return settings.over(spec.data()).batches().largest(spec.data().patch());
  }

  private static long area(int side) {
    return (long) side * side;
  }

  private NetworkMemory plain(ModelName model) {
    return quantized(Cell.fullPrecision(model, 0));
  }

  private NetworkMemory quantized(Cell cell) {
    return NetworkMemory.of(cell.student(), target, cell.quantizer(), cell.bits());
  }

  private Optional<NetworkMemory> encoder() {
    if (trials.stream().noneMatch(trial -> trial.cell().method().readsEncoder())) {
      return Optional.empty();
    }
    NetworkMemory small = NetworkMemory.ofEncoder();
    if (spec.encoder().weights().isEmpty()) {
      return Optional.of(small);
    }
    return Optional.of(small.times(GIVEN_ENCODER));
  }

  // All widths of a quantiser make as many tensors.
  private static String key(Cell cell) {
    return cell.student().text() + " " + cell.quantizer().canonical();
  }
}
