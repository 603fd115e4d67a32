package org.distillgrid.jobs.spec.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key of the spec. The reader, the reference page and the defaults all come from here, so that
 * they cannot disagree.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** Stands for a key without a default. */
  String REQUIRED = "<required>";

  /** Returns what the key sets, one sentence without a full stop at the end. */
  String help();

  /** Returns its default as YAML, or {@link #REQUIRED}. */
  String standard() default REQUIRED;

  /** Returns the least number allowed. */
  double least() default Double.NEGATIVE_INFINITY;

  /** Returns the greatest number allowed. */
  double most() default Double.POSITIVE_INFINITY;
}
