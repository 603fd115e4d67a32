package com.example;

import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.Training;
import org.distillgrid.kd.train.TrainingBuilder;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;

/** Trains a student of 4 bits with a teacher, without Spark: {@code IMAGES STEPS WEIGHTS}. */
public final class TrainStudent {
  private static final String TEACHER = "edsr-c16-b4";

  private TrainStudent() {}

  public static void main(String[] arguments) {
    long steps = Long.parseLong(arguments[1]);
    TrainingBuilder training =
        Training.builder().setTask(Tasks.of("sr", 2)).setImages(Path.of(arguments[0]));
    // Shorter and faster than the default: 8 patches a step, a rate of 1e-3 and half of it at last.
    training.optSchedule(new Schedule(steps, 8, 1e-3, List.of(0.8), 0.5, 0.98, steps, steps));
    Checkpoint teacher = training.setStudent(TEACHER).build().run().weights();
    Checkpoint full = training.setStudent("edsr-c8-b2").build().run().weights();
    TrainedTrial student =
        training
            .optInitial(full)
            .optTeacher(TEACHER, teacher)
            .optMethod("logits")
            .optBits("w4a4")
            .build()
            .run();
    Safetensors.write(student.weights(), Path.of(arguments[2]));
    System.out.printf("%d parameters, weights %s%n", student.parameters(), student.weightHash());
  }
}
