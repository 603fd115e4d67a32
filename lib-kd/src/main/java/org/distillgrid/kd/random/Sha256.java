package org.distillgrid.kd.random;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that draws and fingerprints are derived with. */
public final class Sha256 {
  private Sha256() {}

  /** Returns a digest that has seen nothing yet. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
