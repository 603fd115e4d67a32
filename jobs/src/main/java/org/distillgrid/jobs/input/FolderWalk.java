package org.distillgrid.jobs.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.distillgrid.kd.image.ImageNames;

/** One walk through a file system, past what earlier walks have seen. */
final class FolderWalk {
  private static final Pattern VIDEO =
      Pattern.compile("(?i).+\\.(?:mp4|m4v|mov|avi|mkv|webm|mpe?g|wmv|ts|y4m)");

  private final FileSystem system;
  private final InputWalk.Videos videos;
  private final Set<String> seen;
  private final List<FoundFile> files = new ArrayList<>();
  private final List<Misfit> misfits = new ArrayList<>();

  /**
   * Begins a walk.
   *
   * @param seen the real names of files and folders that were seen before; grows
   */
  FolderWalk(FileSystem system, InputWalk.Videos videos, Set<String> seen) {
    this.system = system;
    this.videos = videos;
    this.seen = seen;
  }

  void all(FileStatus[] matches) throws IOException {
    for (FileStatus match : sorted(matches)) {
      Path place = match.getPath();
      if (match.isDirectory()) {
        enter(place, place);
      } else {
        take(match, place.getParent());
      }
    }
  }

  Found found() {
    return new Found(files, misfits);
  }

  private void enter(Path folder, Path base) throws IOException {
    String real = real(folder);
    if (!seen.add(real)) {
      return;
    }
    List<Path> below = new ArrayList<>();
    for (FileStatus status : sorted(system.listStatus(folder))) {
      String name = status.getPath().getName();
      if (ImageNames.isHidden(name)) {
        continue;
      }
      if (status.isDirectory() && !ImageNames.isImage(name)) {
        below.add(status.getPath());
      } else if (ImageNames.isImage(name) || isLostFolder(status) || isVideo(name)) {
        take(status, base);
      }
    }
    for (Path each : below) {
      // A link upwards would bring in what lies beside the folder that was named.
      if (!isWithin(real, real(each))) {
        enter(each, base);
      }
    }
  }

  private boolean isVideo(String name) {
    return videos == InputWalk.Videos.TOLD && VIDEO.matcher(name).matches();
  }

  // A link that leads nowhere does not say what it led to.
  private static boolean isLostFolder(FileStatus status) {
    return status.isSymlink() && !status.getPath().getName().contains(".");
  }

  private void take(FileStatus status, Path base) throws IOException {
    Path place = status.getPath();
    if (!seen.add(identity(status))) {
      return;
    }
    if (status.isSymlink()) {
      String reason = "a link to " + target(place) + ", which is not there";
      misfit(status, base, Misfit.Kind.BROKEN_LINK, reason);
    } else if (status.isDirectory()) {
      misfit(status, base, Misfit.Kind.FOLDER, "is a folder");
    } else if (system instanceof LinkedFiles local && !local.isRegular(place)) {
      misfit(status, base, Misfit.Kind.SPECIAL, "a pipe, a socket or a device");
    } else if (isVideo(place.getName())) {
      misfit(status, base, Misfit.Kind.VIDEO, "a video; pairs are made of images");
    } else {
      files.add(file(status, base));
    }
  }

  private void misfit(FileStatus status, Path base, Misfit.Kind kind, String reason) {
    misfits.add(new Misfit(file(status, base), kind, "Cannot read image: " + reason));
  }

  private static FoundFile file(FileStatus status, Path base) {
    String image = base.toUri().relativize(status.getPath().toUri()).getPath();
    return new FoundFile(base.toString(), image, status.getPath().toString(), status.getLen());
  }

  private String identity(FileStatus status) throws IOException {
    if (status.isSymlink()) {
      return status.getPath().toString();
    }
    return real(status.getPath());
  }

  private String real(Path place) throws IOException {
    if (system instanceof LinkedFiles local) {
      return local.real(place);
    }
    return place.toString();
  }

  private String target(Path link) throws IOException {
    if (system instanceof LinkedFiles local) {
      return local.target(link);
    }
    return system.getLinkTarget(link).toString();
  }

  private static boolean isWithin(String folder, String ancestor) {
    return ancestor.equals("/") || (folder + "/").startsWith(ancestor + "/");
  }

  private static List<FileStatus> sorted(FileStatus[] statuses) {
    return Arrays.stream(statuses).sorted(Comparator.comparing(FileStatus::getPath)).toList();
  }
}
