package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * Where a run's encoder is.
 *
 * @param path its weights below the run folder; empty when no trial reads one
 * @param hash SHA-256 of its weights; empty when no trial reads one
 */
public record EncoderWeights(String path, String hash) implements Serializable {
  /** Stands for the encoder of a run in which no trial reads one. */
  public static final EncoderWeights NONE = new EncoderWeights("", "");

  /** Returns whether there is an encoder. */
  public boolean present() {
    return !path.isEmpty();
  }
}
