package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestPageText {
  private static final Pattern DATA = Pattern.compile("(?s)id=\"data\">(.*?)</script>");

  private static JsonNode data(String page) throws IOException {
    Matcher matcher = DATA.matcher(page);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  @Test
  void noTextOfARunEndsTheScriptThatHoldsIt() throws IOException {
    String page = PageText.of(SamplePage.sections());

    assertThat(page).doesNotContain(SamplePage.HOSTILE).doesNotContain("<img src=x");
    assertThat(data(page).path("summary").findValuesAsText("label")).contains(SamplePage.HOSTILE);
  }

  @Test
  void isOneFileThatNeedsNoOther() {
    String page = PageText.of(SamplePage.sections());

    assertThat(page)
        .contains("default-src 'none'")
        .contains("echarts")
        .doesNotContain("/*scripts*/", "/*style*/", "/*charts*/", "/*data*/")
        .doesNotContainPattern("<(script|img|link)[^>]+(src|href)=.?http");
  }

  @Test
  void leavesOutWhatMakesItTooLarge() throws IOException {
    Sections sections = SamplePage.sections();
    sections.add("crops", List.of("small"));
    sections.add("patches", List.of("x".repeat(3_000_000)));
    sections.add("maps", List.of("x".repeat(3_000_000)));
    String page = PageText.of(sections);

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(PageText.MOST_BYTES);
    JsonNode data = data(page);
    assertThat(data.has("patches")).isFalse();
    assertThat(data.path("notes").path("patches").asText()).contains("larger than 5 MB");
    assertThat(data.has("maps")).isTrue();
    assertThat(data.has("crops")).isTrue();
  }

  @Test
  void aPartThatCannotBeMadeSaysWhy() throws IOException {
    Sections sections = SamplePage.sections();
    sections.attempt(
        "crops",
        () -> {
          throw new UnsatisfiedLinkError("no torch in java.library.path");
        },
        "unused");

    JsonNode data = data(PageText.of(sections));
    assertThat(data.has("crops")).isFalse();
    assertThat(data.path("notes").path("crops").asText()).contains("no torch");
  }
}
