package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTeacherUse {
  @Test
  void everyMethodSaysWhatItReads() {
    Map<String, TeacherUse> uses = new TreeMap<>();
    for (String name : Methods.registry().names()) {
      uses.put(name, MethodSum.parse(name).teacherUse());
    }
    assertThat(uses)
        .containsEntry("none", TeacherUse.NONE)
        .containsEntry("logits", TeacherUse.OUTPUT)
        .containsEntry("spark", TeacherUse.OUTPUT)
        .containsEntry("csd", TeacherUse.OUTPUT)
        .containsEntry("dckd", TeacherUse.OUTPUT)
        .containsEntry("at", TeacherUse.FEATURES)
        .containsEntry("fakd", TeacherUse.FEATURES)
        .containsEntry("fitnet", TeacherUse.FEATURES)
        .containsEntry("rkd", TeacherUse.FEATURES)
        .containsEntry("dukd", TeacherUse.NETWORK)
        .containsEntry("mipkd", TeacherUse.NETWORK)
        .containsEntry("slkd", TeacherUse.NETWORK)
        .hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "spark+dckd, OUTPUT",
    "logits+fitnet, FEATURES",
    "fitnet+logits, FEATURES",
    "spark+mipkd, NETWORK",
    "slkd(reconstruction=0), FEATURES",
    "slkd(reconstruction=0;removal=0), OUTPUT",
    "dukd(zoom=0), OUTPUT",
    "dukd(zoom=0;consistency=1), NETWORK",
    "dckd+dukd(zoom=0), OUTPUT"
  })
  void aSumReadsAllThatItsMethodsRead(String method, TeacherUse use) {
    assertThat(MethodSum.parse(method.replace(';', ',')).teacherUse()).isEqualTo(use);
  }
}
