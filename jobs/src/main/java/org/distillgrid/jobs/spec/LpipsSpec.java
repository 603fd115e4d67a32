package org.distillgrid.jobs.spec;

import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.perceptual.lpips.LpipsFiles;

/** The network in whose features LPIPS compares images. */
public record LpipsSpec(
    @Key(help = "whose features: AlexNet's, SqueezeNet's or VGG-16's", standard = "alex")
        Backbone backbone,
    @Key(
            help =
                "the backbone's weights under torchvision's names (.safetensors, .pth, .pt or"
                    + " .npz), FILE#part for one network of several; without the file the column"
                    + " lpips is null")
        String features,
    @Key(help = "the linear weights under lpips' names, likewise") String linear) {

  /** Returns its files. */
  public LpipsFiles files() {
    return new LpipsFiles(backbone, features, linear);
  }
}
