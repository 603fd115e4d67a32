package org.distillgrid.jobs.prepare;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.distillgrid.kd.random.Sha256;

/** A SHA-256 over texts in the order in which they are added. */
final class Fingerprint {
  private final MessageDigest digest = Sha256.digest();

  /** Adds one line of texts; no two different lines add the same bytes. */
  Fingerprint add(String... texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    digest.update((byte) '\n');
    return this;
  }

  /** Returns the hash in hexadecimal; nothing can be added afterwards. */
  String hexadecimal() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
