package org.distillgrid.kd.train;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

/**
 * Counts what goes between host and device: every tensor whose numbers come out of a Java buffer,
 * and every call that has to wait for the device. It looks at the one class of DJL through which
 * both go, also for the numbers that DJL itself turns into tensors. One at a time.
 */
final class HostTraffic implements AutoCloseable {
  private static final String WRITE = "createNdFromByteBuffer";
  private static final String[] READS = {
    "getByteBuffer", "contentEqual", "booleanMask", "nonZeros", "unique"
  };

  /** What is woven into DJL; public, since it is called from there. */
  public static final class Counter {
    private static final Map<String, Integer> WRITES = new TreeMap<>();
    private static final Map<String, Integer> READINGS = new TreeMap<>();

    private Counter() {}

    /** Runs before a tensor is made of a Java buffer. */
    public static final class Write {
      private Write() {}

      @Advice.OnMethodEnter
      static void enter() {
        Counter.wrote();
      }
    }

    /** Runs before a call that waits for the device. */
    public static final class Read {
      private Read() {}

      @Advice.OnMethodEnter
      static void enter() {
        Counter.read();
      }
    }

    /** Counts a tensor that is made of a Java buffer. */
    public static void wrote() {
      WRITES.merge(caller(), 1, Integer::sum);
    }

    /** Counts a call that waits for the device. */
    public static void read() {
      READINGS.merge(caller(), 1, Integer::sum);
    }

    // The nearest line of ours.
    private static String caller() {
      return StackWalker.getInstance()
          .walk(
              frames ->
                  frames
                      .filter(frame -> frame.getClassName().startsWith("org.distillgrid."))
                      .filter(frame -> !frame.getClassName().contains("HostTraffic"))
                      .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                      .findFirst()
                      .orElse("elsewhere"));
    }
  }

  private HostTraffic() {}

  /** Starts to count. */
  static HostTraffic watch() {
    ByteBuddyAgent.install();
    new ByteBuddy()
        .redefine(JniUtils.class)
        .visit(Advice.to(Counter.Write.class).on(named(WRITE)))
        .visit(Advice.to(Counter.Read.class).on(namedOneOf(READS)))
        .make()
        .load(JniUtils.class.getClassLoader(), ClassReloadingStrategy.fromInstalledAgent());
    return new HostTraffic();
  }

  /** Forgets what was counted. */
  void reset() {
    Counter.WRITES.clear();
    Counter.READINGS.clear();
  }

  /** Returns how many tensors were made of Java buffers, by the line of ours that asked for it. */
  Map<String, Integer> writes() {
    return Map.copyOf(Counter.WRITES);
  }

  /** Returns how many calls waited for the device, by the line of ours that made them. */
  Map<String, Integer> reads() {
    return Map.copyOf(Counter.READINGS);
  }

  @Override
  public void close() throws IOException {
    ClassReloadingStrategy.fromInstalledAgent().reset(JniUtils.class);
  }
}
