package org.distillgrid.kd.task;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;
import org.distillgrid.kd.image.filter.Kernel;
import org.distillgrid.kd.image.filter.MirroredFilter;

/** What blurs an image, every channel by itself; beyond the border lies the mirror image. */
sealed interface Blur extends Serializable {
  /** Returns the kernels, applied one after the other. */
  List<Kernel> kernels();

  /** Returns an image blurred, and rounded to 8 bits in the end. */
  default PlanarImage of(PlanarImage sharp) {
    byte[] samples = new byte[sharp.samples().length];
    int size = sharp.height() * sharp.width();
    List<Kernel> kernels = kernels();
    for (int channel = 0; channel < sharp.channels(); channel++) {
      Plane plane = Plane.of(sharp, channel);
      for (Kernel kernel : kernels) {
        plane = new MirroredFilter(kernel).of(plane);
      }
      System.arraycopy(plane.rounded().samples(), 0, samples, channel * size, size);
    }
    return new PlanarImage(sharp.channels(), sharp.height(), sharp.width(), samples);
  }

  /**
   * An isotropic Gaussian.
   *
   * @param sigma standard deviation in pixels
   */
  record Gaussian(double sigma) implements Blur {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Kernel> kernels() {
      Kernel row = Kernel.gaussianRow(sigma);
      return List.of(row, row.transposed());
    }
  }

  /**
   * A straight motion.
   *
   * @param length in pixels
   * @param degrees from the horizontal, counter-clockwise
   */
  record Motion(double length, double degrees) implements Blur {
    private static final long serialVersionUID = 1L;

    @Override
    public List<Kernel> kernels() {
      return List.of(Kernel.motion(length, degrees));
    }
  }
}
