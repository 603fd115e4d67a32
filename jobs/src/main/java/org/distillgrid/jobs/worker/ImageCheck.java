package org.distillgrid.jobs.worker;

import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.List;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.ImageBytes;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.Judge;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Sha256;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;

/**
 * Does to a test image all that its scoring will do, save for the restoration.
 *
 * @param run the run folder, for its file systems
 * @param task what degrades the images
 * @param judgement how they are judged
 * @param channels image channels of the networks
 * @param leastSide the least height and width of an input that every network of the run restores
 * @param maxPixels largest width × height
 * @param patience how long an image may take to decode
 */
public record ImageCheck(
    RunFolder run,
    Task task,
    Judgement judgement,
    int channels,
    int leastSide,
    long maxPixels,
    Patience patience)
    implements Serializable {

  /**
   * Returns what came of it.
   *
   * @param bytes the file's size
   * @param input what networks are shown of it, or nothing where the task makes that
   */
  public CheckedImage of(EvaluationImage image, long bytes, List<PairInput> input) {
    try {
      byte[] content = ImageBytes.of(run.files(), image.location(), bytes, maxPixels);
      ImageReader reader = ImageReader.bounded(maxPixels);
      PlanarImage read = patience.await(() -> reader.read(content));
      Evaluator evaluator = Evaluator.of(task, channels).judgedBy(Judge.by(judgement));
      String inputChecksum = "";
      if (input.isEmpty()) {
        evaluator.require(read, leastSide);
      } else {
        PairInput.Read given = input.get(0).read(run.files(), content, reader, maxPixels, patience);
        evaluator.requirePair(read, given.image(), leastSide);
        inputChecksum = given.checksum();
      }
      String checksum = HexFormat.of().formatHex(Sha256.digest().digest(content));
      long pixels = (long) read.height() * read.width();
      return new CheckedImage(image, bytes, pixels, checksum, inputChecksum, "");
    } catch (GridException e) {
      if (e.code() != ErrorCode.INPUT) {
        throw e;
      }
      return CheckedImage.bad(image, bytes, e.getMessage());
    } catch (IOException e) {
      return CheckedImage.bad(image, bytes, "Cannot read file: " + Messages.firstLine(e));
    }
  }
}
