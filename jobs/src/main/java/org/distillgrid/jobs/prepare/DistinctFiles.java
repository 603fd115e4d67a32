package org.distillgrid.jobs.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.table.RejectedInput;

/**
 * Files of which no two hold the same bytes: the first by dataset and name of those that do. So a
 * picture that lies under two names is not weighed twice, nor held out and trained on. Pairs are
 * the same where both their sides are.
 *
 * @param kept the first ones
 * @param repeated the others, with the name of the first
 */
record DistinctFiles(List<CheckedFile> kept, List<RejectedInput> repeated) {
  static DistinctFiles of(List<CheckedFile> readable) {
    Map<String, CheckedFile> first = new HashMap<>();
    List<CheckedFile> kept = new ArrayList<>();
    List<RejectedInput> repeated = new ArrayList<>();
    for (CheckedFile file : readable.stream().sorted(CheckedFile.BY_NAME).toList()) {
      CheckedFile earlier = first.putIfAbsent(file.content(), file);
      if (earlier == null) {
        kept.add(file);
      } else {
        repeated.add(
            file.file()
                .rejected(
                    "Cannot use twice: holds what %s holds".formatted(earlier.file().location())));
      }
    }
    return new DistinctFiles(kept, repeated);
  }
}
