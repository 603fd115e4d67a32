package org.distillgrid.jobs.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   * @param location a file of this machine or a Hadoop URI
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
    SpecText.Tree tree = SpecText.parse(yaml, location);
    Map<String, Integer> lines = new HashMap<>(tree.lines());
    Problems problems = new Problems(location, lines);
    ObjectNode root = mapping(tree.root(), location);
    assignments.apply(root, lines, problems);
    TaskDefaults.apply(root, catalog);
    RunSpec spec = bind(root, problems);
    RunSpec resolved = new PathResolution(locations, assignments, location).resolve(spec);
    check.check(resolved, problems);
    new InputChecks(locations, problems).check(resolved);
    problems.throwIfAny();
    return resolved;
  }

  /**
   * Reads a spec that {@link SpecWriter} wrote into a run's folder. What it names is not looked up:
   * the run has been made.
   *
   * @param source names the text in messages
   * @throws GridException if the text is no effective spec of this version
   */
  public static RunSpec effective(String yaml, String source) {
    SpecText.Tree tree = SpecText.parse(yaml, source);
    return bind(mapping(tree.root(), source), new Problems(source, tree.lines()));
  }

  private static RunSpec bind(ObjectNode root, Problems problems) {
    defaultOutput(root);
    Optional<RunSpec> spec = new RecordBinder(problems).bind(RunSpec.class, root);
    problems.throwIfAny();
    return spec.orElseThrow(() -> new IllegalStateException("No spec, yet no problem with it"));
  }

  private static ObjectNode mapping(JsonNode root, String source) {
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw GridException.of(
        ErrorCode.USAGE,
        "Cannot use spec %s: expected a mapping of keys, found %s",
        source,
        ScalarValue.describe(root));
  }

  // A default that depends on another key.
  private static void defaultOutput(ObjectNode root) {
    JsonNode name = root.path("name");
    JsonNode output = root.path("output");
    if (!name.isTextual() || output.hasNonNull("path")) {
      return;
    }
    if (output.isMissingNode() || output.isNull()) {
      output = root.putObject("output");
    }
    if (output instanceof ObjectNode object) {
      object.put("path", "runs/" + name.asText());
    }
  }
}
