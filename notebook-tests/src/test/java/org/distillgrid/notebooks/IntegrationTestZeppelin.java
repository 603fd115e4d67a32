package org.distillgrid.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Imports the notebook into a Zeppelin server and runs all its paragraphs there, as a person does,
 * on the tables of a run that an earlier version left. The server, its notes and its forms are
 * Zeppelin's; the interpreters that it starts are those of {@code jobs}' tests, as none of
 * Zeppelin's own is published for this Spark.
 */
class IntegrationTestZeppelin {
  private static final Path RUN =
      Zeppelin.root().resolve("jobs/src/test/resources/run-folders/0.1/run");

  @TempDir static Path folder;
  private static Zeppelin zeppelin;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    zeppelin = Zeppelin.start(folder);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    zeppelin.stop();
  }

  @Test
  void everyParagraphFinishes() throws IOException, InterruptedException {
    JsonObject note = ran(RUN);

    assertThat(note.getAsJsonObject("noteForms").keySet()).containsExactly("run");
    List<String> charts = new ArrayList<>();
    for (JsonElement each : note.getAsJsonArray("paragraphs")) {
      JsonObject paragraph = each.getAsJsonObject();
      String text = paragraph.get("text").getAsString();
      assertThat(paragraph.get("status").getAsString())
          .as(zeppelin.log() + paragraph)
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
  void aRunFolderThatIsNoneStopsAtTheFirstParagraph() throws IOException, InterruptedException {
    JsonObject note = ran(folder.resolve("nowhere"));

    JsonObject first = note.getAsJsonArray("paragraphs").get(0).getAsJsonObject();
    assertThat(first.get("status").getAsString()).isEqualTo("ERROR");
    assertThat(message(first).get("data").getAsString()).contains("it has no tables");
  }

  private static JsonObject ran(Path run) throws IOException, InterruptedException {
    Path file = Zeppelin.root().resolve("notebooks/results.zpln");
    JsonObject note = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    note.addProperty("name", "results of " + run.getFileName());
    note.getAsJsonObject("noteParams").addProperty("run", run.toUri().toString());
    return zeppelin.runAll(zeppelin.imported(note));
  }

  private static JsonObject message(JsonObject paragraph) {
    return paragraph.getAsJsonObject("results").getAsJsonArray("msg").get(0).getAsJsonObject();
  }
}
