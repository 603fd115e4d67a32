package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestImageNames {
  @Test
  void suffixesMakeImages() {
    assertThat(ImageNames.suffixes()).allMatch(suffix -> ImageNames.isImage("a." + suffix));
    assertThat(ImageNames.isImage("camera.JFIF")).isTrue();
    assertThat(ImageNames.isImage("_front.png")).isTrue();
    assertThat(ImageNames.isImage(".hidden.png")).isFalse();
    assertThat(ImageNames.isImage("png")).isFalse();
    assertThat(ImageNames.isImage("a.png.txt")).isFalse();
  }

  @Test
  void theStemIsWhatStandsBeforeTheSuffix() {
    assertThat(ImageNames.stem("a.b.png")).isEqualTo("a.b");
    assertThat(ImageNames.stem("plain")).isEqualTo("plain");
  }
}
