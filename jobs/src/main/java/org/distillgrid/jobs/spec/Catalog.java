package org.distillgrid.jobs.spec;

import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.Methods;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.quant.Quantizers;
import org.distillgrid.kd.registry.Registry;
import org.distillgrid.kd.task.TaskFamily;
import org.distillgrid.kd.task.TaskSum;
import org.distillgrid.kd.task.Tasks;

/**
 * Everything that a spec can name.
 *
 * @param tasks restoration problems
 * @param models architectures of students and teachers
 * @param quantizers quantisers
 * @param methods distillation methods
 */
public record Catalog(
    Registry<TaskFamily> tasks,
    Registry<ModelFamily> models,
    Registry<QuantizerFamily> quantizers,
    Registry<Method> methods) {
  /** The method that distils nothing. */
  public static final String NO_METHOD = "none";

  /** The quantiser that quantises nothing. */
  public static final String NO_QUANTIZER = "fp";

  /** Loads what is on the class path. */
  public static Catalog load() {
    return new Catalog(
        Tasks.registry(), Models.registry(), Quantizers.registry(), Methods.registry());
  }

  /**
   * Parses a task's name, {@code blur-g1.2+denoise-s5} for instance.
   *
   * @throws org.distillgrid.kd.error.GridException if there is no such task
   */
  public TaskSum task(String name) {
    return TaskSum.parse(name, tasks);
  }

  /**
   * Parses a model's name.
   *
   * @throws org.distillgrid.kd.error.GridException if there is no such model
   */
  public ModelName model(String name) {
    return ModelName.parse(name, models);
  }

  /** Returns the family that a parsed model name belongs to. */
  public ModelFamily family(ModelName name) {
    return models.named(name.family());
  }

  /**
   * Parses a quantiser's name.
   *
   * @throws org.distillgrid.kd.error.GridException if there is no such quantiser
   */
  public QuantizerSetting quantizer(String name) {
    return QuantizerSetting.parse(name, quantizers);
  }

  /**
   * Parses a method's name, {@code spark(grid=4)+mipkd} for instance.
   *
   * @throws org.distillgrid.kd.error.GridException if there is no such method, or no such sum
   */
  public MethodSum method(String name) {
    return MethodSum.parse(name, methods);
  }
}
