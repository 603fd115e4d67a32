package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A {@link VqEncoder} with the decoder that it is trained with. What lies between latents and
 * decoder, the quantisation with its loss, is the training's. *Reconstructed*: the decoder and the
 * sizes of {@link EncoderShape#small}.
 */
public final class VqAutoEncoder implements AutoCloseable {
  private static final String DECODER = "decoder";

  private final EncoderShape shape;
  private final ParameterSet parameters = new ParameterSet();
  private final VqEncoder encoder;
  private final VqDecoder decoder;

  /**
   * Builds one with first values.
   *
   * @param draws the generators of first values
   * @param parent owns the buffer unless it is closed before
   */
  public VqAutoEncoder(EncoderShape shape, Draws draws, NDManager parent) {
    this.shape = shape;
    encoder = new VqEncoder(shape, parameters, draws);
    LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), draws);
    decoder = new VqDecoder(layers.under(DECODER), shape);
    parameters.open(parent);
  }

  /** Returns the latents of images in [0, 1] with sides that are multiples of 16, N×D×h×w. */
  public NDArray latent(NDArray images) {
    return encoder.encode(images).latent();
  }

  /** Returns images, not clamped, of latents that have been quantised. */
  public NDArray decode(NDArray quantized) {
    return decoder.forward(quantized);
  }

  /** Returns the codebook, M×D. */
  public Parameter codebook() {
    return encoder.codebookParameter();
  }

  /** Returns the parameters of encoder, codebook and decoder. */
  public ParameterSet parameters() {
    return parameters;
  }

  /** Returns a copy of encoder and codebook, which {@link VqEncoder#load} reads. */
  public Checkpoint encoder() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>(parameters.export());
    tensors.keySet().removeIf(name -> name.startsWith(DECODER + "."));
    return Checkpoint.of(tensors, shape.metadata());
  }

  @Override
  public void close() {
    parameters.close();
  }
}
