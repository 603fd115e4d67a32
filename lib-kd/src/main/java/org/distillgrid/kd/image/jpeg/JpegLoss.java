package org.distillgrid.kd.image.jpeg;

import org.distillgrid.kd.image.PlanarImage;

/**
 * An image as it comes out of a baseline JPEG file of one quality. Grey images are one component;
 * colour images become Y, Cb and Cr as JFIF has them, Cb and Cr at half the height and width
 * (4:2:0), as libjpeg, Pillow and MATLAB's {@code imwrite} store them unless told otherwise.
 *
 * <p>No file is made: Huffman coding loses nothing, so that the samples are computed directly, in
 * libjpeg's standard integer arithmetic (islow transforms, smooth enlargement of Cb and Cr). They
 * are those that libjpeg 6b and libjpeg-turbo decode from a file of their own. Source: ITU-T T.81,
 * and the released code of the Independent JPEG Group.
 */
public final class JpegLoss {
  private final QuantizationTable luminance;
  private final QuantizationTable chrominance;

  private JpegLoss(QuantizationTable luminance, QuantizationTable chrominance) {
    this.luminance = luminance;
    this.chrominance = chrominance;
  }

  /**
   * Returns the loss at a quality.
   *
   * @param quality 1 to 100 on the scale of the Independent JPEG Group
   */
  public static JpegLoss ofQuality(int quality) {
    return new JpegLoss(
        QuantizationTable.luminance(quality), QuantizationTable.chrominance(quality));
  }

  /** Returns the decoded samples of an image, in its size and channels. */
  public PlanarImage of(PlanarImage image) {
    if (image.channels() == 1) {
      return luminance(SamplePlane.of(image, 0)).image();
    }
    YccImage planes = YccImage.of(image);
    return new YccImage(
            luminance(planes.luma()), chrominance(planes.blue()), chrominance(planes.red()))
        .rgb();
  }

  private SamplePlane luminance(SamplePlane plane) {
    return new BlockCoding(luminance).decoded(plane);
  }

  private SamplePlane chrominance(SamplePlane plane) {
    SamplePlane decoded = new BlockCoding(chrominance).decoded(HalfSize.halved(plane));
    return HalfSize.doubled(decoded, plane.height(), plane.width());
  }
}
