package org.distillgrid.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestInputWalk {
  @TempDir private Path folder;
  private final InputWalk walk = new InputWalk(new RunFiles(new Configuration()));

  @Test
  void walksAFolderToItsEnd() throws IOException {
    file("set/b.PNG");
    file("set/_a.jfif");
    file("set/below/at 10:30.jpg");
    file("set/.hidden.png");
    file("set/.git/c.png");
    file("set/readme.txt");
    Found found = find("set");
    assertThat(images(found)).containsExactly("_a.jfif", "b.PNG", "below/at 10:30.jpg");
    assertThat(found.files())
        .extracting(FoundFile::base)
        .containsOnly("file:" + folder.resolve("set"));
    assertThat(found.files().get(0).location()).isEqualTo("file:" + folder.resolve("set/_a.jfif"));
    assertThat(found.files().get(0).bytes()).isEqualTo(5);
  }

  @Test
  void followsEveryLinkOnce() throws IOException {
    file("set/in/a.png");
    file("elsewhere/b.png");
    link("set/in/up", "..");
    link("set/in/here", ".");
    link("set/twice.png", "in/a.png");
    link("set/other", "../elsewhere");
    link("set/other2", "../elsewhere");
    link("elsewhere/back", "../set");
    assertThat(images(find("set"))).containsExactly("twice.png", "other/b.png");
  }

  @Test
  void goesNoHigherThanTheFolderThatIsNamed() throws IOException {
    file("all/valid/v.png");
    file("all/train/t.png");
    link("all/train/up", "..");
    link("all/train/root", "/");
    assertThat(images(find("all/train"))).containsExactly("t.png");
  }

  @Test
  void takesAFileThroughTwoEntriesOnce() throws IOException {
    file("set/a.png");
    file("set/b.png");
    link("same", "set");
    assertThat(images(find("set/a*"))).containsExactly("a.png");
    assertThat(images(find("same"))).containsExactly("b.png");
    assertThatThrownBy(() -> find("set"))
        .hasMessageStartingWith("Cannot read list: no new image in " + folder.resolve("set"));
  }

  @Test
  void listsLinksThatLeadNowhere() throws IOException {
    file("set/a.png");
    link("set/gone.png", "../annex/a.png");
    link("set/self.jpg", "self.jpg");
    link("set/HR", "/mnt/absent");
    link("set/notes.txt", "absent");
    Found found = find("set");
    assertThat(images(found)).containsExactly("a.png");
    assertThat(found.misfits())
        .extracting(misfit -> misfit.file().image() + ": " + misfit.reason())
        .containsExactly(
            "HR: Cannot read image: a link to /mnt/absent, which is not there",
            "gone.png: Cannot read image: a link to ../annex/a.png, which is not there",
            "self.jpg: Cannot read image: a link to self.jpg, which is not there");
    assertThat(
            new InputWalk(new RunFiles(new Configuration()))
                .find("list", folder + "/set/g*.png")
                .misfits())
        .hasSize(1);
  }

  @Test
  void opensNoPipe() throws IOException, InterruptedException {
    file("set/a.png");
    Process made = new ProcessBuilder("mkfifo", folder.resolve("set/pipe.png").toString()).start();
    assertThat(made.waitFor()).isZero();
    Files.createDirectories(folder.resolve("set/folder.png"));
    Found found = find("set");
    assertThat(images(found)).containsExactly("a.png");
    assertThat(found.misfits())
        .extracting(Misfit::kind)
        .containsExactly(Misfit.Kind.FOLDER, Misfit.Kind.SPECIAL);
  }

  @Test
  void takesANameAsItStandsBeforeItIsAGlob() throws IOException {
    file("set[1]/a.png");
    file("set1/b.png");
    assertThat(images(find("set[1]"))).containsExactly("a.png");
    assertThat(images(find("set?"))).containsExactly("b.png");
    file("set2/c.txt");
    assertThat(images(find("{set2,set3}/*.txt"))).containsExactly("c.txt");
    assertThatThrownBy(() -> find("set4*"))
        .hasMessage("Cannot read list: no such file or folder: " + folder.resolve("set4*"));
  }

  private Found find(String entry) {
    return walk.find("list", folder.resolve(entry).toString());
  }

  private static List<String> images(Found found) {
    return found.files().stream().map(FoundFile::image).toList();
  }

  private void file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "image");
  }

  private void link(String name, String target) throws IOException {
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
