package org.distillgrid.kd.weights;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a weight file holds, told without reading a value: tensors under their whole
 * names, in which a dot stands between a dictionary and what is in it.
 *
 * @param format for instance {@code safetensors}
 * @param tensors by whole name
 * @param objects what is no tensor, by whole name: what kind of thing it is
 * @param dictionaries the whole names of dictionaries with tensors somewhere in them
 * @param metadata free text by key, by the whole name of the dictionary that it hangs on; that of
 *     the file is under the empty name
 */
public record CheckpointContents(
    String format,
    SortedMap<String, CheckpointListing.Tensor> tensors,
    SortedMap<String, String> objects,
    SortedSet<String> dictionaries,
    SortedMap<String, SortedMap<String, String>> metadata) {

  /** Returns the contents of a file whose tensors have names and nothing around them. */
  static CheckpointContents flat(
      String format,
      SortedMap<String, CheckpointListing.Tensor> tensors,
      SortedMap<String, String> metadata) {
    SortedMap<String, SortedMap<String, String>> ofFile = new TreeMap<>();
    ofFile.put("", metadata);
    return new CheckpointContents(format, tensors, new TreeMap<>(), new TreeSet<>(), ofFile);
  }

  /** Returns the texts that hang on the file itself. */
  public SortedMap<String, String> fileMetadata() {
    return metadata.getOrDefault("", new TreeMap<>());
  }
}
