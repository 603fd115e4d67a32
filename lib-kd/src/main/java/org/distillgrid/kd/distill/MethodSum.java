package org.distillgrid.kd.distill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.registry.Registry;

/**
 * What a spec calls a method: one or the sum of several, {@code spark(grid=4)+mipkd}.
 *
 * <p>Terms of one name are one term: L1(S, Y) counts once however many methods have it, and all
 * that give it a weight must give it the same. A method that weights pixels applies to the
 * pixel-wise terms of all others, and to those of a distiller of its own where it stands alone.
 *
 * @param settings in the order in which they are written, which decides nothing but the spelling
 */
public record MethodSum(List<MethodSetting> settings) {
  public MethodSum {
    settings = List.copyOf(settings);
  }

  /**
   * Parses a name.
   *
   * @throws GridException if a method or an option is unknown, or the sum makes no sense
   */
  public static MethodSum parse(String text) {
    return parse(text, Methods.registry());
  }

  /**
   * Parses a name with given methods.
   *
   * @throws GridException if a method or an option is unknown, or the sum makes no sense
   */
  public static MethodSum parse(String text, Registry<Method> methods) {
    List<MethodSetting> settings =
        Arrays.stream(text.split("\\+", -1))
            .map(setting -> MethodSetting.parse(setting, methods))
            .toList();
    new SumChecks(text, settings).check();
    return new MethodSum(settings);
  }

  /** Returns its one spelling. */
  public String canonical() {
    return settings.stream().map(MethodSetting::canonical).collect(Collectors.joining("+"));
  }

  /**
   * Returns what it means, for ids: a spelling that is the same in all versions. It is the
   * canonical one of the first version, where every option that did not exist yet, or had another
   * standard, has the value of then; so a name whose meaning has changed is told from itself, and a
   * name that spells the former meaning out is what it was.
   */
  public String identity() {
    if (settings.size() == 1) {
      return settings.get(0).identity();
    }
    return settings.stream().map(MethodSetting::identityInSum).collect(Collectors.joining("+"));
  }

  /** Returns whether one of its methods compares images in the features of a frozen encoder. */
  public boolean readsEncoder() {
    return settings.stream().anyMatch(setting -> setting.method().readsEncoder());
  }

  /** Returns what it reads of the teacher: all that its methods read. */
  public TeacherUse teacherUse() {
    return settings.stream()
        .map(MethodSetting::teacherUse)
        .reduce(TeacherUse.NONE, TeacherUse::and);
  }

  /** Returns whether one of its methods weights the pixel-wise terms of others in space. */
  public boolean weightsPixels() {
    return settings.stream().anyMatch(setting -> setting.method() instanceof WeightingMethod);
  }

  /**
   * Returns the method at work on one student.
   *
   * @throws GridException if it reads an encoder and there is none, or its methods refuse
   */
  public Distiller distiller(DistillerContext context) {
    if (readsEncoder() && context.encoder().isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method %s: it compares images in an encoder, and the cohort has none",
          canonical());
    }
    Optional<Distiller> sum = summed(context);
    for (MethodSetting setting : settings) {
      if (setting.method() instanceof WeightingMethod method) {
        PixelWeighting weighting = method.weighting(context, setting.values());
        Distiller base = sum.orElseGet(() -> method.alone(context, setting.values()));
        return new WeightedDistiller(weighting, base);
      }
    }
    return sum.orElseThrow();
  }

  /** Returns the methods that add terms at work; empty if there is none. */
  private Optional<Distiller> summed(DistillerContext context) {
    List<SummedDistiller.Part> parts = new ArrayList<>();
    for (MethodSetting setting : settings) {
      if (setting.method() instanceof TermMethod method) {
        Distiller distiller = method.distiller(context, setting.values());
        parts.add(new SummedDistiller.Part(setting, distiller));
      }
    }
    if (parts.size() > 1) {
      return Optional.of(new SummedDistiller(parts, TermShares.of(settings, canonical())));
    }
    return parts.stream().map(SummedDistiller.Part::distiller).findFirst();
  }
}
