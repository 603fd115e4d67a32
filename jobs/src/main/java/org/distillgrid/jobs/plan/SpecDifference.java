package org.distillgrid.jobs.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecWriter;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.Cell;

/** Finds what keeps a run from being resumed under another spec. */
public final class SpecDifference {
  // These say where and how trials run, not what numbers they give.
  private static final Pattern FREE =
      Pattern.compile(
          "cluster\\.(cohort|startupDeadlineSeconds)|evaluate\\.(memory|onBadImage|lpips(\\..*)?)|output\\..*"
              + "|teacher\\.cache\\..*"
              + "|(.*\\.)?checkpointEvery");
  private static final Pattern GRID = Pattern.compile("grid\\..*");
  private static final Pattern ENCODER = Pattern.compile("encoder\\..*");
  private static final Pattern PREDICT = Pattern.compile("teacher\\.predict: .*");

  private SpecDifference() {}

  /**
   * Returns the keys that decide numbers and differ, each as {@code train.steps: 10 → 20}; empty if
   * a run of the old spec may go on under the new one. A grid may grow: it differs only where it
   * lacks a trial that it had. The encoder differs only where a trial has read the old one, {@code
   * teacher.predict} only where a trial was taught by predictions: see {@code RunClaim}.
   *
   * @param catalog what the new spec can name
   */
  public static List<String> between(RunSpec old, RunSpec current, Catalog catalog) {
    List<String> differences = new ArrayList<>();
    compare(tree(old), tree(current), "", differences);
    List<String> ofGrid =
        differences.stream().filter(difference -> GRID.matcher(difference).matches()).toList();
    if (!ofGrid.isEmpty() && hasEveryTrial(old, current, catalog)) {
      differences.removeAll(ofGrid);
    }
    if (!readsEncoder(old, catalog)) {
      differences.removeIf(ENCODER.asMatchPredicate());
    }
    // A run that began with the teacher at every step goes on so.
    if (!old.predictsOnce() || !predicts(old, catalog)) {
      differences.removeIf(PREDICT.asMatchPredicate());
    }
    return differences;
  }

  // What a method is called in tables decides no number.
  private static JsonNode tree(RunSpec spec) {
    ObjectNode tree = SpecWriter.tree(spec);
    tree.set("grid", SpecWriter.tree(MethodLabels.without(spec.grid())));
    ArrayNode sets = tree.withObject("evaluate").putArray("sets");
    spec.evaluate().sets().forEach(set -> sets.add(tree(judged(set, spec.task()))));
    return tree;
  }

  private static ObjectNode tree(EvaluationSet set) {
    ObjectNode tree = SpecWriter.tree(set);
    tree.properties().removeIf(entry -> entry.getValue().isNull());
    return tree;
  }

  // To say what the task says is to say nothing.
  private static EvaluationSet judged(EvaluationSet set, TaskSpec task) {
    try {
      return set.differingFrom(Tasks.of(task.name(), task.scale()).judgement());
    } catch (GridException e) {
      // A task that came with a jar which is not here now.
      return set;
    }
  }

  private static boolean readsEncoder(RunSpec spec, Catalog catalog) {
    try {
      return GridExpansion.expand(spec, catalog).readsEncoder();
    } catch (GridException e) {
      // What a method that is not here now has read is not known.
      return true;
    }
  }

  private static boolean predicts(RunSpec spec, Catalog catalog) {
    try {
      return !GridExpansion.expand(spec, catalog).predicted().isEmpty();
    } catch (GridException e) {
      // What a method that is not here now has read is not known.
      return true;
    }
  }

  private static boolean hasEveryTrial(RunSpec old, RunSpec current, Catalog catalog) {
    try {
      return trials(current, catalog).containsAll(trials(old, catalog));
    } catch (GridException e) {
      // The old grid names what came with a jar that is not here now, so the new one lacks it.
      return false;
    }
  }

  private static Set<String> trials(RunSpec spec, Catalog catalog) {
    return GridExpansion.expand(spec, catalog).trials().stream()
        .map(SpecDifference::identity)
        .collect(Collectors.toSet());
  }

  // What a student is called decides no number; the weights that it is given do.
  private static String identity(Trial trial) {
    Cell cell = trial.cell();
    String weights = trial.from().weights().map(InputPaths::spelled).orElse("");
    return cell.labelled(cell.student().text()) + " " + weights;
  }

  // Both trees come from the same records, so they have the same keys wherever both are mappings.
  private static void compare(JsonNode old, JsonNode current, String path, List<String> found) {
    if (old instanceof ObjectNode before && current instanceof ObjectNode after) {
      for (Map.Entry<String, JsonNode> entry : before.properties()) {
        String child = SpecPath.child(path, entry.getKey());
        compare(entry.getValue(), after.get(entry.getKey()), child, found);
      }
    } else if (!InputPaths.spelled(old, path).equals(InputPaths.spelled(current, path))
        && !FREE.matcher(path).matches()) {
      found.add(path + ": " + text(old) + " → " + text(current));
    }
  }

  private static String text(JsonNode node) {
    if (node.isArray()) {
      return StreamSupport.stream(node.spliterator(), false)
          .map(SpecDifference::text)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node.isObject()) {
      return node.properties().stream()
          .filter(entry -> !entry.getValue().isEmpty() || entry.getValue().isValueNode())
          .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return node.asText();
  }
}
