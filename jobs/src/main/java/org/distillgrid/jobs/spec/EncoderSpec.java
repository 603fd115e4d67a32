package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Defaults;
import org.distillgrid.jobs.spec.binding.Key;

/** The frozen encoder in whose features methods such as csd compare images. */
public record EncoderSpec(
    @Key(
            help =
                "a VQGAN under the names of taming-transformers (.ckpt, .pth, .safetensors or .npz),"
                    + " FILE#part for one network of several;"
                    + " null: a small one is trained once on the patches",
            standard = "null")
        Optional<String> weights,
    @Key(help = "the small encoder's own training, when no weights are given", standard = "{}")
        @Defaults({"steps: 2000", "batch: 8", "learningRate: 1e-3", "ema: 0.99"})
        SharedTraining train) {}
