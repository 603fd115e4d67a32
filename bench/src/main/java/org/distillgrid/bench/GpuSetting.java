package org.distillgrid.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.patches.FolderPatches;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * What a part of the GPU check is told on its command line.
 *
 * @param arguments {@code --name value} pairs
 */
record GpuSetting(List<String> arguments) {
  /** The scale of every network in the check. */
  static final int SCALE = 2;

  static final ModelTarget TARGET = new ModelTarget(3, SCALE);
  private static final String TEACHER = "rlfn";

  GpuSetting {
    arguments = List.copyOf(arguments);
  }

  String text(String name) {
    int at = arguments.indexOf(name);
    if (at < 0 || at + 1 == arguments.size()) {
      throw GridException.of(ErrorCode.USAGE, "Cannot check: %s is missing", name);
    }
    return arguments.get(at + 1);
  }

  int whole(String name) {
    return Integer.parseInt(text(name));
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  /**
   * Returns the device that was asked for.
   *
   * @throws GridException if it is a GPU and PyTorch sees none
   */
  TrainingDevice device() {
    if (text("--device").equals("cpu")) {
      return TrainingDevice.of(List.of(), 1);
    }
    TrainingDevice device = TrainingDevice.of(List.of("0"), 1);
    if (device.device().equals(Device.cpu())) {
      throw GridException.of(ErrorCode.CLUSTER, "Cannot check the GPU: PyTorch sees none");
    }
    return device;
  }

  /** Returns the teacher, RLFN ×2. */
  CohortSetup.Teacher teacher() {
    Path file = Path.of(text("--teacher"));
    return new CohortSetup.Teacher(TEACHER, Checkpoints.open(file));
  }

  /** Returns the teacher's network on a manager's device. */
  static Network open(CohortSetup.Teacher teacher, NDManager manager) {
    return Network.load(teacher.model(), TARGET, teacher.weights(), "the teacher", manager);
  }

  /** Returns patches of the images that came along, of the side that was asked for. */
  PatchSource patches() {
    Path images = Path.of(text("--images"));
    int side = SCALE * whole("--side");
    return FolderPatches.of(images, new SuperResolution(SCALE), TARGET.imageChannels(), side);
  }
}
