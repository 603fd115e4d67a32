package org.distillgrid.jobs.page;

import java.util.Base64;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;

/** Pictures as addresses that hold them. */
final class DataUri {
  private DataUri() {}

  static String of(PlanarImage image) {
    return ofPng(ImageWriter.png(image));
  }

  static String ofPng(byte[] file) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(file);
  }
}
