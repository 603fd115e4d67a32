package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Overrides;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.RecordBinder;
import org.distillgrid.jobs.spec.binding.ScalarValue;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Reads a spec and refuses whatever would fail later: unknown keys, wrong types, impossible
 * combinations, inputs that are not there. Nothing of Spark is started for it.
 */
public final class SpecReader {
  private final Catalog catalog;
  private final SpecCheck check;
  private final Locations locations;

  private SpecReader(Catalog catalog, SpecCheck check, Locations locations) {
    this.catalog = catalog;
    this.check = check;
    this.locations = locations;
  }

  /**
   * Returns a reader of specs that may name what the catalog has.
   *
   * @param check what a spec must pass beside the range of each key
   */
  public static SpecReader of(Catalog catalog, SpecCheck check) {
    return new SpecReader(catalog, check, Locations.standard());
  }

  /**
   * Reads and checks a spec. Relative paths of the file start from the file's folder; {@code
   * output.path} and paths given as overrides start from the current folder.
   *
   * @param location a file of this machine, a Hadoop URI, or {@code -} for standard input
   * @param overrides arguments of the form {@code key.path=value}
   * @throws GridException with everything that is wrong, a line each
   */
  public RunSpec read(String location, List<String> overrides) {
    Overrides assignments = Overrides.parse(overrides);
    return read(locations.text(location), location, assignments);
  }

  /**
   * Reads and checks a spec that is given as text; all relative paths start from the current
   * folder.
   *
   * @param overrides arguments of the form {@code key.path=value}
   * @throws GridException with everything that is wrong, a line each
   */
  public RunSpec readText(String yaml, List<String> overrides) {
    return read(yaml, "text", Overrides.parse(overrides));
  }

  private RunSpec read(String yaml, String location, Overrides assignments) {
    String source = Locations.source(location);
    YamlNode.Mapping file = mapping(YamlText.parse(yaml, source), source);
    Problems problems = new Problems(source);
    problems.locate(file);
    YamlNode.Mapping root = assignments.apply(file, problems);
    problems.locate(root);
    root = withOutput(TeacherStudents.in(TaskDefaults.in(root, catalog)));
    root = new PathResolution(locations, Locations.folder(location), problems).resolve(root);
    RunSpec spec = bind(root, problems);
    check.check(spec, problems);
    new InputChecks(locations, problems).check(spec);
    problems.throwIfAny();
    return spec;
  }

  /**
   * Reads a spec that {@link SpecWriter} wrote into a run's folder. What it names is not looked up:
   * the run has been made.
   *
   * @param source names the text in messages
   * @throws GridException if the text is no effective spec of this version
   */
  public static RunSpec effective(String yaml, String source) {
    YamlNode.Mapping root = mapping(YamlText.parse(yaml, source), source);
    Problems problems = new Problems(source);
    problems.locate(root);
    return bind(TeacherStudents.in(withPredict(withOutput(root))), problems);
  }

  // What lacks the key was written before there was one, when the teacher ran at every step.
  private static YamlNode.Mapping withPredict(YamlNode.Mapping root) {
    if (!(root.entries().get("teacher") instanceof YamlNode.Mapping teacher)
        || !teacher.lacks("predict")) {
      return root;
    }
    YamlNode batch = new YamlNode.Scalar(YamlNode.NO_LINE, "batch", YamlNode.Style.PLAIN);
    return root.with("teacher", teacher.with("predict", batch));
  }

  private static RunSpec bind(YamlNode.Mapping root, Problems problems) {
    Optional<RunSpec> spec = new RecordBinder(problems).bind(RunSpec.class, root);
    problems.throwIfAny();
    return spec.orElseThrow(() -> new IllegalStateException("No spec, yet no problem with it"));
  }

  private static YamlNode.Mapping mapping(YamlNode root, String source) {
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw GridException.of(
        ErrorCode.USAGE,
        "Cannot use spec %s: expected a mapping of keys, found %s",
        source,
        ScalarValue.describe(root));
  }

  // A default that depends on another key.
  private static YamlNode.Mapping withOutput(YamlNode.Mapping root) {
    if (!(root.entries().get("name") instanceof YamlNode.Scalar name)) {
      return root;
    }
    YamlNode output = new YamlNode.Mapping(YamlNode.NO_LINE, Map.of());
    if (!root.lacks("output")) {
      output = root.entries().get("output");
    }
    // Written as ~, it is the home folder and not the default.
    if (!(output instanceof YamlNode.Mapping keys)
        || !keys.lacks("path")
        || PathResolution.isHome(keys.entries().get("path"))) {
      return root;
    }
    YamlNode path =
        new YamlNode.Scalar(YamlNode.NO_LINE, "runs/" + name.text(), YamlNode.Style.PLAIN);
    return root.with("output", keys.with("path", path));
  }
}
