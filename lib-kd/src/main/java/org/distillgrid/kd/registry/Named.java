package org.distillgrid.kd.registry;

/** Something that a spec refers to by name. */
public interface Named {
  /** Returns the name that a spec uses: lower case, no spaces. */
  String name();

  /** Returns one line for {@code distill-grid list}. */
  String help();
}
