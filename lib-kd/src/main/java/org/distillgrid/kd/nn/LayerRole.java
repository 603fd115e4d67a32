package org.distillgrid.kd.nn;

/** Where in a network a layer stands; quantisers spare all but the body unless asked. */
public enum LayerRole {
  /** The first layer, which reads the image. */
  HEAD,
  /** The trunk. */
  BODY,
  /** The layers that enlarge the features. */
  UPSAMPLER,
  /** The last layer, which writes the image. */
  TAIL
}
