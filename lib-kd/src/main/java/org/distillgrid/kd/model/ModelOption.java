package org.distillgrid.kd.model;

import java.util.List;
import java.util.stream.IntStream;
import org.distillgrid.kd.registry.NameOption;
import org.distillgrid.kd.registry.NameOptions;

/**
 * A number in a model's name, {@code c64} in {@code edsr-c64-b16}, or a list of them, {@code
 * e1x1x1x28}.
 *
 * @param key its letters
 * @param help what it sets
 * @param standard its value when the name leaves it out
 * @param least the least number allowed
 * @param most the greatest number allowed
 * @param count how many numbers it takes
 * @param writing when canonical names have it
 */
public record ModelOption(
    String key,
    String help,
    List<Double> standard,
    double least,
    double most,
    Count count,
    Writing writing)
    implements NameOption {
  /** How many numbers an option takes. */
  public enum Count {
    /** One. */
    ONE,
    /** One or more, with an x between two. */
    SEVERAL,
    /** One that stands for all parts of the network, or one for each part. */
    ONE_FOR_ALL
  }

  /** When canonical names have an option. */
  public enum Writing {
    /** Always. */
    ALWAYS,
    /** Unless it has its standard value. */
    UNLESS_STANDARD
  }

  public ModelOption {
    standard = List.copyOf(standard);
  }

  /** Makes an option of one number. */
  public ModelOption(String key, String help, double standard, double least, double most) {
    this(key, help, List.of(standard), least, most, Count.ONE, Writing.ALWAYS);
  }

  /**
   * Returns an option of one number that a family has got after networks of it had been named. At
   * its standard value canonical names go without it, so that the networks, and with them the ids
   * of trials, keep their names.
   */
  public static ModelOption added(
      String key, String help, double standard, double least, double most) {
    return new ModelOption(
        key, help, List.of(standard), least, most, Count.ONE, Writing.UNLESS_STANDARD);
  }

  /** Returns an option of one or more whole numbers. */
  public static ModelOption several(
      String key, String help, List<Integer> standard, int least, int most) {
    List<Double> numbers = standard.stream().map(Integer::doubleValue).toList();
    return new ModelOption(key, help, numbers, least, most, Count.SEVERAL, Writing.ALWAYS);
  }

  /**
   * Returns an option of one whole number for all parts of the network, or one for each. Names that
   * repeat one number for each part are the same name.
   */
  public static ModelOption oneForAll(String key, String help, int standard, int least, int most) {
    List<Double> numbers = List.of((double) standard);
    return new ModelOption(key, help, numbers, least, most, Count.ONE_FOR_ALL, Writing.ALWAYS);
  }

  /** Returns whole numbers as a name spells them. */
  public static String written(IntStream numbers) {
    return written(numbers.asDoubleStream().boxed().toList());
  }

  /** Returns numbers as a name spells them: {@code 64}, {@code 0.1}, {@code 1x1x1x28}. */
  public static String written(List<Double> numbers) {
    return NameOptions.written(numbers);
  }

  /** Returns a number as a name spells it. */
  public static String written(double number) {
    return NameOptions.written(number);
  }

  @Override
  public boolean takesSeveral() {
    return count != Count.ONE;
  }
}
