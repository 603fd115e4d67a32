package org.distillgrid.kd.image.format;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Remembers a decoder's warning that pixels were made up, which it says and then goes on. */
final class DamageListener implements IIOReadWarningListener {
  private String damage;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    boolean harmless = lower.contains("extraneous bytes");
    boolean damaging = lower.contains("corrupt") || lower.contains("premature");
    if (damaging && !harmless && damage == null) {
      damage = warning;
    }
  }

  void requireNone() throws UnreadableException {
    if (damage != null) {
      throw new UnreadableException("damaged: " + damage.lines().findFirst().orElse(damage));
    }
  }
}
