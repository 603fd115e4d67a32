package org.distillgrid.kd.image.format;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Runs one decoder over the bytes of one file, and minds what it says on the way. */
final class Decoding {
  private static final String JDK_MODULE = "java.desktop";

  private Decoding() {}

  /** What is asked of a decoder. */
  @FunctionalInterface
  interface Request<T> {
    T from(ImageReader decoder) throws IOException;
  }

  /** Returns what the decoder answers; it is disposed of afterwards. */
  static <T> T of(ImageReaderSpi provider, byte[] bytes, Request<T> request)
      throws IOException, UnreadableException {
    DamageListener damage = new DamageListener();
    ImageReader decoder = provider.createReaderInstance(null);
    try (ByteArrayImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      decoder.addIIOReadWarningListener(damage);
      decoder.setInput(stream, true, true);
      T answer = request.from(decoder);
      damage.requireNone();
      return answer;
    } finally {
      decoder.dispose();
    }
  }

  /**
   * Returns the JDK's own decoder of a format. {@code ImageIO} lists it even where its scan of the
   * class path, on a Spark executor, does not see the application's jars.
   */
  static ImageReaderSpi ofTheJdk(String format) {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(ImageReaderSpi.class, spi -> isOfTheJdk(spi, format), true);
    return providers.next();
  }

  private static boolean isOfTheJdk(Object provider, String format) {
    if (!JDK_MODULE.equals(provider.getClass().getModule().getName())) {
      return false;
    }
    for (String name : ((ImageReaderSpi) provider).getFormatNames()) {
      if (name.equals(format)) {
        return true;
      }
    }
    return false;
  }
}
