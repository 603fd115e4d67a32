package org.distillgrid.jobs.draft;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.FoundPair;

/** Writes a drafted spec, with what each key is for. */
record DraftText(
    Draft.Request request,
    int scale,
    Survey survey,
    PatchChoice patches,
    HeldOut division,
    NetworkChoice networks,
    DraftPaths paths) {
  private static final String INDENT = "    - ";

  String yaml() {
    return head() + learning() + images();
  }

  private String head() {
    return """
        # distill-grid run %s
        #
        # Drafted for %s. docs/spec.md explains every key. An editor does so too where
        # `distill-grid spec-schema > spec.schema.json` has been written beside this file, and its first line is
        # `# yaml-language-server: $schema=spec.schema.json`.
        name: '%s'
        # `distill-grid list tasks` names what else can be restored.
        task: {name: %s, scale: %d}
        """
        .formatted(
            request.file().getFileName(),
            Draft.seen(survey),
            request.name(),
            request.task(),
            scale);
  }

  private String learning() {
    return String.format(
        Locale.ROOT,
        """
        # What students learn from: %3$s.
        # One that is trained already is named by `weights: FILE`.
        teacher:
          model: %1$s
          train: {steps: %4$d, batch: 8, learningRate: 1e-3, ema: 0.995}
        grid:
          student: [%2$s]
          # fp is full precision, w4a4 has 4 bits for weights and for activations.
          bits: [fp, w8a8, w4a4]
          quantizer: [lsq]
          # none learns from images alone; `distill-grid list methods` names more.
          method: [none, logits]
          # More seeds tell a gain from chance: [0, 1, 2].
          seed: [0]
        train:
          # The full-precision student that every trial starts from.
          pretrain: {steps: %4$d, batch: 8, learningRate: 1e-3, ema: 0.995}
          steps: %5$d
          batch: 8
          learningRate: 5e-4
          ema: 0.99
          validateEvery: 100
          checkpointEvery: 100
        output: {path: runs/%6$s}
        """,
        networks.teacher(),
        networks.student(),
        networks.reason(),
        networks.teacherSteps(),
        networks.trialSteps(),
        request.name());
  }

  private String images() {
    return String.format(
        Locale.ROOT,
        """
        evaluate:
          sets:
            # %1$d of the images, evenly spread over the names; no network sees them while it is trained.
            - name: held-out
        %2$s
        data:
          channels: %3$d
          # In pixels of the ground truth: %4$d of an input.
          patch: %5$d
          # From one patch to the next: about %6$,d of them.
          stride: %7$d
          # All images but the test set's. One in twenty, at least one, is held out to validate on.
          train:
        %8$s
        """,
        division.test().size(),
        testSet(),
        survey.channels(),
        patches.side() / scale,
        patches.side(),
        patches.count(),
        patches.stride(),
        division.train().stream().map(this::trained).collect(Collectors.joining("\n")));
  }

  private String testSet() {
    List<FoundFile> targets = division.test().stream().map(Example::target).toList();
    if (!request.images().hasPairs()) {
      return "      path: " + paths.several(targets);
    }
    List<FoundFile> inputs =
        division.test().stream().map(example -> example.input().orElseThrow()).toList();
    return "      input: " + paths.several(inputs) + "\n      target: " + paths.several(targets);
  }

  private String trained(FoundPair pair) {
    if (!request.images().hasPairs()) {
      return INDENT + paths.one(pair.target());
    }
    return "%s{input: %s, target: %s}"
        .formatted(INDENT, paths.one(pair.input()), paths.one(pair.target()));
  }
}
