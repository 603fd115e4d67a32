package org.distillgrid.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

  /** The place of every patch, and what all have in common. */
  record Order(Map<String, Integer> index, PatchPack.Layout layout) {}

  /** Takes one pair. */
  interface PairSink {
    void accept(int index, byte[] input, byte[] target) throws IOException;
  }

  /** Returns the order by patch id. */
  Order order() {
    List<String> ids = new ArrayList<>();
    List<PatchPack.Layout> layouts = new ArrayList<>();
    forEachRow(
        SIZES,
        row -> {
          ids.add(row.getString("patch_id", 0));
          PatchPack.Layout layout =
              new PatchPack.Layout(
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
    for (String id : ids) {
      if (index.put(id, index.size()) != null) {
        throw corrupt("patch " + id + " twice");
      }
    }
    PatchPack.Layout one = layouts.get(0);
    return new Order(
        index,
        new PatchPack.Layout(
            ids.size(),
            one.channels(),
            one.inputHeight(),
            one.inputWidth(),
            one.targetHeight(),
            one.targetWidth()));
  }

  /** Hands over every pair with its place, in the order of the files. */
  void forEachPair(Order order, PairSink sink) {
    forEachRow(
        PIXELS,
        row -> {
          byte[] input = row.getBinary("lr", 0).getBytesUnsafe();
          byte[] target = row.getBinary("hr", 0).getBytesUnsafe();
          if (input.length != order.layout().inputBytes()
              || target.length != order.layout().targetBytes()) {
            throw corrupt("pixels that do not fit their sizes");
          }
          sink.accept(order.index().get(row.getString("patch_id", 0)), input, target);
        });
  }

  private interface RowSink {
    void accept(Group row) throws IOException;
  }

  private void forEachRow(String projection, RowSink sink) {
    Configuration configuration = new Configuration(run.configuration().value());
    configuration.set(ReadSupport.PARQUET_READ_SCHEMA, projection);
    try {
      for (Path file : files(configuration)) {
        try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build()) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            sink.accept(row);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files(Configuration configuration) throws IOException {
    FileSystem files = run.patches().getFileSystem(configuration);
    Path pattern = new Path(PatchPartition.anyOf(split).below(run.patches()), "*.parquet");
    List<Path> found = new ArrayList<>();
    for (FileStatus status : files.globStatus(pattern)) {
      found.add(status.getPath());
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private GridException corrupt(String what) {
    return GridException.of(
        ErrorCode.INPUT, "Cannot use %s, split %s: it holds %s", run.patches(), split, what);
  }
}
