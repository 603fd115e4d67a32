package org.distillgrid.jobs.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Reads the Parquet files of one split of a patch table without a Spark session. */
final class PatchTableReader {
  private static final String SIZES =
      "message sizes { required binary patch_id (STRING); required int32 channels;"
          + " required int32 lr_height; required int32 lr_width;"
          + " required int32 hr_height; required int32 hr_width; }";
  private static final String PIXELS =
      "message pixels { required binary patch_id (STRING); required binary lr;"
          + " required binary hr; }";

  private final RunFolder run;
  private final String split;

  PatchTableReader(RunFolder run, String split) {
    this.run = run;
    this.split = split;
  }

  /** The place of every patch, the number of every image, and what all patches have in common. */
  private record Order(Map<String, Integer> index, Map<String, Integer> images, PackLayout layout) {
    int image(String patchId) {
      return images.get(PatchRow.imageOf(patchId));
    }
  }

  /** Writes the patches to a local file, sorted by patch id. */
  void pack(java.nio.file.Path file) throws IOException {
    Order order = order();
    PackWriter.write(file, order.layout(), sink -> forEachPair(order, sink));
  }

  private Order order() throws IOException {
    List<String> ids = new ArrayList<>();
    List<PackLayout> layouts = new ArrayList<>();
    forEachRow(
        SIZES,
        row -> {
          ids.add(row.getString("patch_id", 0));
          PackLayout layout =
              new PackLayout(
                  0,
                  row.getInteger("channels", 0),
                  row.getInteger("lr_height", 0),
                  row.getInteger("lr_width", 0),
                  row.getInteger("hr_height", 0),
                  row.getInteger("hr_width", 0));
          if (layouts.isEmpty()) {
            layouts.add(layout);
          }
          if (!layouts.get(0).equals(layout)) {
            throw corrupt("patches of two sizes");
          }
        });
    if (ids.isEmpty()) {
      throw corrupt("no patches");
    }
    ids.sort(Comparator.naturalOrder());
    Map<String, Integer> index = new HashMap<>();
    Map<String, Integer> images = new HashMap<>();
    for (String id : ids) {
      if (index.put(id, index.size()) != null) {
        throw corrupt("patch " + id + " twice");
      }
      images.putIfAbsent(PatchRow.imageOf(id), images.size());
    }
    PackLayout one = layouts.get(0);
    return new Order(
        index,
        images,
        new PackLayout(
            ids.size(),
            one.channels(),
            one.inputHeight(),
            one.inputWidth(),
            one.targetHeight(),
            one.targetWidth()));
  }

  private void forEachPair(Order order, PackWriter.PairSink sink) throws IOException {
    forEachRow(
        PIXELS,
        row -> {
          byte[] input = row.getBinary("lr", 0).getBytesUnsafe();
          byte[] target = row.getBinary("hr", 0).getBytesUnsafe();
          if (input.length != order.layout().inputBytes()
              || target.length != order.layout().targetBytes()) {
            throw corrupt("pixels that do not fit their sizes");
          }
          String id = row.getString("patch_id", 0);
          sink.accept(order.index().get(id), order.image(id), input, target);
        });
  }

  private interface RowSink {
    void accept(Group row) throws IOException;
  }

  private void forEachRow(String projection, RowSink sink) throws IOException {
    Configuration configuration = new Configuration(run.configuration().value());
    configuration.set(ReadSupport.PARQUET_READ_SCHEMA, projection);
    for (Path file : files(configuration)) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), file)
              .withConf(configuration)
              .usePageChecksumVerification()
              .build()) {
        for (Group row = next(reader, file); row != null; row = next(reader, file)) {
          sink.accept(row);
        }
      }
    }
  }

  // Parquet meets damaged bytes with every kind of exception that there is.
  private static Group next(ParquetReader<Group> reader, Path file) {
    try {
      return reader.read();
    } catch (IOException | RuntimeException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot use %s: %s", file, Messages.firstLine(Messages.rootCause(e)));
    }
  }

  private List<Path> files(Configuration configuration) {
    Path pattern = new Path(PatchPartition.anyOf(split).below(run.patches()), "*.parquet");
    try {
      FileSystem files = run.patches().getFileSystem(configuration);
      return Arrays.stream(files.globStatus(pattern)).map(FileStatus::getPath).sorted().toList();
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot read %s: %s", pattern, Messages.firstLine(e));
    }
  }

  private GridException corrupt(String what) {
    return GridException.of(
        ErrorCode.INPUT, "Cannot use %s, split %s: it holds %s", run.patches(), split, what);
  }
}
