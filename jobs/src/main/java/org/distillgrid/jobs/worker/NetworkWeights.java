package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * Where a network is that all trials of a run share: its teacher, the encoder that methods compare
 * images in, or the network of LPIPS.
 *
 * @param name its canonical or model name; empty when the run has no such network
 * @param path its weights below the run folder; empty when the run has no such network
 * @param hash SHA-256 of its weights; empty when the run has no such network
 */
public record NetworkWeights(String name, String path, String hash) implements Serializable {
  /** Stands for the network of a run that has none. */
  public static final NetworkWeights NONE = new NetworkWeights("", "", "");

  /** Returns whether there is a network. */
  public boolean present() {
    return !path.isEmpty();
  }
}
