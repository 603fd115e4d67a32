package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the scripts of a run's page read. */
final class PageData {
  private static final Pattern DATA = Pattern.compile("(?s)id=\"data\">(.*?)</script>");

  private PageData() {}

  /** Reads it out of a page. */
  static JsonNode of(Path page) throws IOException {
    Matcher matcher = DATA.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }
}
