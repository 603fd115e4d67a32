package org.distillgrid.jobs.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.AttemptPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All attempts that were ever made at one training.
 *
 * @param run the run folder
 * @param training what was attempted
 */
public record Attempts(RunFolder run, Training training) {
  private static final Logger LOGGER = LoggerFactory.getLogger(Attempts.class);

  private record Saved(long step, Path path) {}

  /** Returns the ids of the attempts in alphabetical order. */
  public List<String> ids() {
    return run.files().list(training.place(run).root()).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .toList();
  }

  /** Returns the results of all attempts that have ended, in the order of their ids. */
  public List<TrialResult> results() {
    return ids().stream()
        .map(id -> training.attempt(run, id).result())
        .flatMap(Optional::stream)
        .filter(result -> result.trialId().equals(training.id()))
        .toList();
  }

  /** Returns the result of the first attempt that finished. */
  public Optional<FinishedResult> finished() {
    return results().stream()
        .flatMap(result -> result.either(Stream::of, failed -> Stream.<FinishedResult>empty()))
        .findFirst();
  }

  /**
   * Returns the newest state that any attempt has left whole; one that is damaged is passed over.
   */
  Optional<Checkpoint> newestCheckpoint() {
    for (Saved saved : checkpoints()) {
      try {
        Optional<byte[]> content = run.files().bytes(saved.path());
        if (content.isPresent()) {
          return Optional.of(Safetensors.read(content.get(), saved.path().toString()));
        }
      } catch (GridException e) {
        LOGGER.warn("Passing over a checkpoint: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Deletes all states to resume from, half-written ones too, which a training that has finished
   * needs no more.
   */
  public void deleteCheckpoints() {
    for (Path file : files()) {
      String name = file.getName();
      if (AttemptPlace.checkpointStep(name).isPresent() || AttemptPlace.isHalfWritten(name)) {
        run.files().delete(file);
      }
    }
  }

  private List<Saved> checkpoints() {
    List<Saved> saved = new ArrayList<>();
    for (Path file : files()) {
      AttemptPlace.checkpointStep(file.getName())
          .ifPresent(step -> saved.add(new Saved(step, file)));
    }
    saved.sort(
        Comparator.comparingLong(Saved::step)
            .reversed()
            .thenComparing(each -> each.path().toString()));
    return saved;
  }

  private List<Path> files() {
    RunFiles files = run.files();
    return files.list(training.place(run).root()).stream()
        .filter(FileStatus::isDirectory)
        .flatMap(attempt -> files.list(attempt.getPath()).stream())
        .map(FileStatus::getPath)
        .toList();
  }
}
