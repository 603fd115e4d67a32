package org.distillgrid.kd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Npz;

/** Reads the reference values that lie in {@code fixtures}, each beside the script that made it. */
public final class Fixtures {
  private Fixtures() {}

  /** Returns the arrays of a file below {@code fixtures}. */
  public static Checkpoint npz(String file) {
    return Npz.read(bytes(file), file);
  }

  /** Returns an image below {@code fixtures}. */
  public static PlanarImage image(String file) {
    return ImageReader.bounded(1_000_000).read(bytes(file));
  }

  private static byte[] bytes(String file) {
    try (InputStream stream = Fixtures.class.getResourceAsStream("/fixtures/" + file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns one of the arrays on the device. */
  public static NDArray array(Checkpoint fixture, String name, NDManager manager) {
    HostTensor tensor = fixture.tensors().get(name);
    return manager.create(tensor.values(), new Shape(tensor.shape()));
  }
}
