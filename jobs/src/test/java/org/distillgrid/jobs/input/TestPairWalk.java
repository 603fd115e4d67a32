package org.distillgrid.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPairWalk {
  @TempDir private Path folder;

  @Test
  void foldersAreMatchedFileByFile() throws IOException {
    files("in/below/1x4.png", "in/2x4.png", "in/lone.png");
    files("out/below/1.png", "out/2.png", "out/other.png");

    FoundPairs found = find("in", "out");

    assertThat(shown(found))
        .containsExactly("out/2.png < in/2x4.png", "out/below/1.png < in/below/1x4.png");
    assertThat(found.misfits())
        .extracting(misfit -> shown(misfit.file()) + ": " + misfit.reason())
        .containsExactly(
            "out/other.png: Cannot pair image: no input has its name",
            "in/lone.png: Cannot pair image: no target has its name");
  }

  @Test
  void filesOfOneFolderAreMatchedByGlobs() throws IOException {
    files("set/a_real.png", "set/a_mean.png", "set/b_real.png", "set/b_mean.png");

    assertThat(shown(find("set/*_real.png", "set/*_mean.png")))
        .containsExactly("set/a_mean.png < set/a_real.png", "set/b_mean.png < set/b_real.png");
  }

  @Test
  void whatFoldersOfAGlobHaveNotInCommonBelongsToTheName() throws IOException {
    files("train/A/blur/1.png", "train/A/sharp/1.png", "train/B/blur/1.png", "train/B/sharp/1.png");

    assertThat(shown(find("train/*/blur", "train/*/sharp")))
        .containsExactly(
            "train/A/sharp/1.png < train/A/blur/1.png", "train/B/sharp/1.png < train/B/blur/1.png");
  }

  @Test
  void twoSingleFilesBelongTogetherByName() throws IOException {
    files("a_lq.png", "a_gt.jpg");
    assertThat(shown(find("a_lq.png", "a_gt.jpg"))).containsExactly("a_gt.jpg < a_lq.png");
  }

  @Test
  void videosAndFoldersAreTold() throws IOException {
    files("in/1.png", "in/clip.MP4", "out/1.png");
    Files.createDirectory(folder.resolve("out/x.png"));

    FoundPairs found = find("in", "out");

    assertThat(found.pairs()).hasSize(1);
    assertThat(found.misfits())
        .extracting(misfit -> shown(misfit.file()) + ": " + misfit.reason())
        .containsExactly(
            "out/x.png: Cannot read image: is a folder",
            "in/clip.MP4: Cannot read image: a video; pairs are made of images");
    assertThat(new InputWalk(storage()).find("images", folder + "/in").misfits()).isEmpty();
  }

  @Test
  void aSideThatLeadsNowhereIsRefused() throws IOException {
    files("in/1.png");
    assertThatThrownBy(() -> find("in", "out"))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read pairs: no such file or folder: " + folder + "/out");
  }

  @Test
  void namesOfDataSetsTellMoreThanTheirSide() {
    DatasetNames names = new DatasetNames();
    assertThat(names.ofPairs("/data/rain/target", "/data/rain/input")).isEqualTo("rain");
    assertThat(names.ofPairs("/data/rain/target", "/data/rain/more")).isEqualTo("rain-2");
    assertThat(names.ofPairs("/data/rain/target", "/data/rain/input")).isEqualTo("rain");
    assertThat(names.ofPairs("/data/DIV2K_HR", "/data/DIV2K_LR")).isEqualTo("DIV2K_HR");
    assertThat(names.ofPairs("hdfs://n/gt", "hdfs://n/lq")).isEqualTo("n");
    assertThat(names.of("/more/target")).isEqualTo("target");
  }

  private FoundPairs find(String input, String target) {
    return new PairWalk(storage())
        .find("pairs", ImageSource.ofPairs(folder + "/" + input, folder + "/" + target));
  }

  private static RunFiles storage() {
    return new RunFiles(new Configuration());
  }

  private List<String> shown(FoundPairs found) {
    return found.pairs().stream()
        .map(pair -> shown(pair.target()) + " < " + shown(pair.input()))
        .toList();
  }

  private String shown(FoundFile file) {
    return file.location().replaceFirst(".*" + folder + "/", "");
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }
}
