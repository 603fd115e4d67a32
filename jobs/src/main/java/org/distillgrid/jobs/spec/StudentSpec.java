package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;
import org.distillgrid.jobs.spec.binding.Shorthand;

/** A student of a grid: its network, and where its weights are if it has been trained already. */
public record StudentSpec(
    @Naming(Naming.Kind.STUDENT)
        @Shorthand
        @Key(
            help =
                "its model, a name as in `distill-grid list students`, or `teacher` for the"
                    + " teacher's")
        String model,
    @Key(
            help =
                "a checkpoint (.safetensors, .pth, .pt or .npz) that it starts from; FILE#part names"
                    + " one network of several",
            standard = "null")
        Optional<String> weights,
    @Naming(Naming.Kind.SHOWN)
        @Key(
            help = "what tables call it, and include and exclude; null: its model",
            standard = "null")
        Optional<String> as) {

  /** Returns what a grid calls it. */
  public String label() {
    return as.orElse(model);
  }

  /** Returns a student without weights of its own that is called as its model is. */
  public static StudentSpec of(String model) {
    return new StudentSpec(model, Optional.empty(), Optional.empty());
  }
}
