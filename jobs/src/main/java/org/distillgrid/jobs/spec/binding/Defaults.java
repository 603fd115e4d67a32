package org.distillgrid.jobs.spec.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The defaults of a nested record's keys that differ, where it is held, from its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Defaults {
  /** Returns them, each as {@code key: value}. */
  String[] value();
}
