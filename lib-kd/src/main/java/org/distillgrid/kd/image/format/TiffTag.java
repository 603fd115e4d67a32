package org.distillgrid.kd.image.format;

/** The fields of a TIFF that are looked at here. */
enum TiffTag {
  WIDTH(256),
  HEIGHT(257),
  BITS(258),
  COMPRESSION(259),
  PHOTOMETRIC(262),
  STRIP_OFFSETS(273),
  ORIENTATION(274),
  SAMPLES(277),
  ROWS_IN_STRIP(278),
  STRIP_LENGTHS(279),
  PLANAR_CONFIGURATION(284),
  TILE_WIDTH(322),
  TILE_HEIGHT(323),
  TILE_OFFSETS(324),
  TILE_LENGTHS(325),
  EXTRA_SAMPLES(338),
  JPEG_TABLES(347),
  PROFILE(34675);

  private final int number;

  TiffTag(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
