package org.distillgrid.jobs.prepare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.jobs.prepare.SplitPlan.Validation;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.table.RejectedInput;

/** What patches are made of, in the words by which a run knows its own again. */
record PreparationIdentity(DataSpec data, TaskSpec task) {
  private static final String FORMAT = "patches-1";

  /** Returns the keys of the spec that decide the patches, with their values. */
  SortedMap<String, String> parameters() {
    return new TreeMap<>(
        Map.of(
            "task.name", task.name(),
            "task.scale", Integer.toString(task.scale()),
            "data.channels", Integer.toString(data.channels()),
            "data.patch", Integer.toString(data.patch()),
            "data.stride", Integer.toString(data.stride()),
            "data.maxPixels", Long.toString(data.maxPixels()),
            "data.validate", Validation.of(data).name().toLowerCase(Locale.ROOT)));
  }

  /** Returns the fingerprint of the patches themselves, in hexadecimal digits. */
  String patches(SplitPlan plan) {
    Fingerprint fingerprint = new Fingerprint().add(FORMAT);
    fingerprint.add(task.name(), Integer.toString(task.scale()));
    fingerprint.add(
        Integer.toString(data.channels()),
        Integer.toString(data.patch()),
        Integer.toString(data.stride()));
    plan.parts()
        .forEach(
            (part, images) ->
                images.forEach(
                    image -> {
                      fingerprint.add(
                          part.dataset(), image.file().image(), image.checksum(), part.split());
                      addInput(fingerprint, image);
                    }));
    return fingerprint.hexadecimal();
  }

  /** Returns the fingerprint of the parameters and of all files, read or not. */
  String inputs(List<CheckedFile> readable, List<RejectedInput> rejected) {
    Fingerprint fingerprint = new Fingerprint().add(FORMAT, parameters().toString());
    for (CheckedFile image : readable) {
      InputFile file = image.file();
      fingerprint.add(file.dataset(), file.image(), image.checksum(), file.origin().key());
      addInput(fingerprint, image);
    }
    rejected.forEach(row -> fingerprint.add(row.dataset(), row.path()));
    return fingerprint.hexadecimal();
  }

  // Nothing is added where the task makes the input: fingerprints are older than pairs.
  private static void addInput(Fingerprint fingerprint, CheckedFile image) {
    if (!image.inputChecksum().isEmpty()) {
      fingerprint.add("input", image.inputChecksum());
    }
  }
}
