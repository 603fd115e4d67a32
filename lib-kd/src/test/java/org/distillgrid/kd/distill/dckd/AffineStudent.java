package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;

/**
 * A student that turns x into gain·x + offset, and whose copies are seen from outside.
 *
 * @param gain of the copies as they are made
 * @param offset of the copies as they are made
 * @param averages what they move to: gain and offset in one tensor
 */
record AffineStudent(float gain, float offset, List<NDArray> averages) implements StudentCopies {
  @Override
  public Copy copy(NDManager parent) {
    ParameterSet parameters = new ParameterSet();
    LayerFactory layers = LayerFactory.into(parameters, List.of(), Draws.of("affine"));
    Parameter factor = layers.parameter("gain", new Shape(1), Initializer.constant(gain));
    Parameter shift = layers.parameter("offset", new Shape(1), Initializer.constant(offset));
    parameters.open(parent);
    return new Copy(new Network(factor, shift), List.of(parameters));
  }

  @Override
  public List<NDArray> current() {
    throw new UnsupportedOperationException("It has no numbers but those of its copies");
  }

  @Override
  public double decay() {
    return 0.9;
  }

  private record Network(Parameter gain, Parameter offset) implements Architecture {
    @Override
    public Flow head(NDArray input) {
      return Flow.start(input, input.mul(gain.array()).add(offset.array()));
    }

    @Override
    public int segments() {
      return 0;
    }

    @Override
    public Flow segment(int index, Flow flow) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public NDArray tail(Flow flow) {
      return flow.features();
    }

    @Override
    public int width(int segment) {
      throw new IndexOutOfBoundsException(segment);
    }
  }
}
