package org.distillgrid.jobs.journal;

import java.io.Serializable;
import java.util.Objects;

/**
 * The network in whose features LPIPS compared images.
 *
 * @param backbone {@code alex}, {@code squeeze} or {@code vgg}
 * @param hash SHA-256 of its weights and the linear ones, hexadecimal
 */
public record LpipsNetwork(String backbone, String hash) implements Serializable {
  public LpipsNetwork {
    Objects.requireNonNull(backbone, "backbone");
    Objects.requireNonNull(hash, "hash");
  }
}
