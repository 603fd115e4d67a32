package org.distillgrid.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs all paragraphs of the notebook in a Zeppelin server, on the tables of a run that an earlier
 * version left. The server, its notes and its forms are Zeppelin's; the interpreters that it starts
 * are those of {@code jobs}' tests, as none of Zeppelin's own is published for this Spark.
 */
class IntegrationTestZeppelin {
  private static final Path RUN =
      Zeppelin.root().resolve("jobs/src/test/resources/run-folders/0.1/run");
  private static final Path NOTE = Zeppelin.root().resolve("notebooks/results.zpln");

  private static final String OPENED = "2ZZZZZZZZ";

  @TempDir static Path folder;
  private static Zeppelin zeppelin;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    zeppelin = Zeppelin.start(folder, OPENED, noteOf(RUN));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (zeppelin != null) {
      zeppelin.stop();
    }
  }

  @Test
  void everyParagraphFinishes() throws IOException, InterruptedException {
    JsonObject note = zeppelin.runAll(OPENED);

    assertThat(note.getAsJsonObject("noteForms").keySet()).containsExactly("run");
    List<String> charts = new ArrayList<>();
    for (JsonElement each : note.getAsJsonArray("paragraphs")) {
      JsonObject paragraph = each.getAsJsonObject();
      String text = paragraph.get("text").getAsString();
      assertThat(paragraph.get("status").getAsString())
          .as(paragraph + zeppelin.log())
          .isEqualTo("FINISHED");
      assertThat(paragraph.has("dateFinished")).as(text).isTrue();
      if (text.startsWith("%spark.sql")) {
        assertThat(message(paragraph).get("type").getAsString()).as(text).isEqualTo("TABLE");
        charts.add(message(paragraph).get("data").getAsString());
      }
    }
    assertThat(charts).hasSizeGreaterThan(8).anyMatch(table -> table.lines().count() > 2);
    assertThat(charts.get(0)).startsWith("dataset\tbits\ttrained_as\tseeds\tpsnr");
  }

  @Test
  void isImportedAndStopsWhereItsRunFolderIsNone() throws IOException, InterruptedException {
    String json = Files.readString(NOTE);

    JsonObject note = zeppelin.runAll(zeppelin.imported(json));
    JsonArray paragraphs = note.getAsJsonArray("paragraphs");
    assertThat(paragraphs.size())
        .isEqualTo(
            JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("paragraphs").size());
    JsonObject first = paragraphs.get(0).getAsJsonObject();
    assertThat(first.get("status").getAsString()).isEqualTo("ERROR");
    assertThat(message(first).get("data").getAsString())
        .contains("Cannot read runs/quickstart: it has no tables");
    assertThat(paragraphs.get(2).getAsJsonObject().get("status").getAsString()).isEqualTo("READY");
  }

  /** Returns the note as Zeppelin keeps it once a person has filled in its form. */
  private static String noteOf(Path run) throws IOException {
    JsonObject note = JsonParser.parseString(Files.readString(NOTE)).getAsJsonObject();
    note.getAsJsonObject("noteParams").addProperty("run", run.toUri().toString());
    return note.toString();
  }

  private static JsonObject message(JsonObject paragraph) {
    return paragraph.getAsJsonObject("results").getAsJsonArray("msg").get(0).getAsJsonObject();
  }
}
