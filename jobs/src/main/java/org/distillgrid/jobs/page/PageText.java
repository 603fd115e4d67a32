package org.distillgrid.jobs.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The file itself: one text with style, scripts, the library of charts and all data in it. */
final class PageText {
  /** Bytes that a page may have. */
  static final int MOST_BYTES = 5_000_000;

  private static final String CHARTS =
      "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "theme.js",
          "chart.js",
          "choose.js",
          "table.js",
          "asked.js",
          "summary.js",
          "bits.js",
          "pareto.js",
          "differences.js",
          "tuning.js",
          "curves.js",
          "images.js",
          "magnifier.js",
          "crops.js",
          "maps.js",
          "difficulty.js",
          "failures.js",
          "provenance.js",
          "page.js");

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    JSON.getFactory().setCharacterEscapes(new InScript());
  }

  private PageText() {}

  /** Returns the page; while it is too large, one dispensable part after the other is left out. */
  static String of(Sections sections) {
    String text = written(sections);
    for (String part : Sections.DISPENSABLE) {
      if (bytes(text) <= MOST_BYTES) {
        return text;
      }
      sections.miss(part, "Left out: the file would have been larger than 5 MB.");
      text = written(sections);
    }
    return text;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String written(Sections sections) {
    String scripts = SCRIPTS.stream().map(PageText::own).collect(Collectors.joining("\n"));
    return own("page.html")
        .replace("/*style*/", own("page.css"))
        .replace("/*charts*/", inScript(resource(CHARTS)))
        .replace("/*scripts*/", inScript(scripts))
        .replace("/*data*/", json(sections));
  }

  private static String json(Sections sections) {
    try {
      return JSON.writeValueAsString(sections.all());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers and lists of them are always JSON", e);
    }
  }

  // A script ends at the first of these, wherever it stands.
  private static String inScript(String script) {
    return script.replace("</script", "<\\/script");
  }

  private static String own(String name) {
    return resource("/org/distillgrid/jobs/page/" + name);
  }

  private static String resource(String name) {
    try (InputStream stream = PageText.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("No " + name + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what HTML would read in a script as numbers, so that no text of a run can end it. */
  private static final class InScript extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = CharacterEscapes.standardAsciiEscapesForJSON();
      for (char each : new char[] {'<', '>', '&'}) {
        codes[each] = CharacterEscapes.ESCAPE_STANDARD;
      }
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return new SerializedString(String.format("\\u%04x", character));
    }
  }
}
