package org.distillgrid.kd.quant.packed;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.Quantization;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.PackedCheckpoint;
import org.distillgrid.kd.weights.Safetensors;

/**
 * What a student takes at its bits: a safetensors file in which every quantised weight {@code w} is
 * the tensors {@code w.packed} (type U8, see {@link BitPacking}), {@code w.scale} and {@code
 * w.zero}, with its bits, its shape and the axis of its output channels as metadata under {@code
 * w.packed}. The value of number u is {@code (u − zero)·scale}. Everything else, the ranges of
 * quantised activations too, are 32-bit floats.
 */
public final class PackedStudent {
  static final String PACKED = ".packed";
  static final String SCALE = ".scale";
  static final String ZERO = ".zero";

  private final PackedCheckpoint content;

  private PackedStudent(PackedCheckpoint content) {
    this.content = content;
  }

  /** Packs a student as it is now. */
  public static PackedStudent of(QuantizedNetwork student) {
    Checkpoint checkpoint = student.checkpoint();
    SortedMap<String, HostTensor> floats = new TreeMap<>(checkpoint.tensors());
    SortedMap<String, byte[]> packed = new TreeMap<>();
    SortedMap<String, String> metadata = new TreeMap<>(checkpoint.metadata());
    floats.keySet().removeAll(weightScales(student));
    for (WeightedLayer layer : student.network().layers()) {
      OperandGrids grids = student.quantization().grids(layer);
      if (grids.weight().isPresent()) {
        float[] values = grids.weightValues().orElseThrow();
        PackedWeight weight =
            PackedWeight.of(layer, student.bits().weight(), grids.weight().get(), values);
        String name = layer.weight().name();
        floats.remove(name);
        floats.put(name + SCALE, row(weight.scale()));
        floats.put(name + ZERO, row(weight.zero()));
        packed.put(name + PACKED, weight.packed());
        metadata.put(name + PACKED, weight.layout());
      }
    }
    return new PackedStudent(new PackedCheckpoint(new Checkpoint(floats, metadata), packed));
  }

  // What a weight's quantiser keeps is in the packed weight; what an activation's keeps stays.
  private static Set<String> weightScales(QuantizedNetwork student) {
    Set<String> names = new TreeSet<>(student.quantization().export().keySet());
    names.removeAll(
        Quantization.scaleNames(
            student.network().multiplications(),
            student.quantizer(),
            activationsOnly(student.bits())));
    return names;
  }

  /** Returns the bits of a student whose weights have their quantised values already. */
  static Bits activationsOnly(Bits bits) {
    return new Bits(Bits.FULL_WIDTH, bits.activation());
  }

  private static HostTensor row(float[] values) {
    return new HostTensor(new long[] {values.length}, values);
  }

  /**
   * Writes the file; an earlier one of that name is replaced at the end, in one step.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public void write(Path file) {
    Safetensors.write(content, file);
  }

  /** Returns the content of the file. */
  public byte[] bytes() {
    return Safetensors.bytes(content);
  }

  /** Returns the length of the file. */
  public long length() {
    return Safetensors.length(content);
  }

  /**
   * Reads a file as a checkpoint for {@link QuantizedNetwork#load}: quantised weights have their
   * fake-quantised values, to the bit, and only activations have quantisers (bits {@code w32a4} for
   * {@code w4a4}).
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be read or is damaged
   */
  public static Checkpoint read(Path file) {
    return unpacked(Safetensors.read(file), file.toString());
  }

  /**
   * Reads the content of a file, see {@link #read(Path)}.
   *
   * @param source names the content in a message
   * @throws org.distillgrid.kd.error.GridException if it is damaged
   */
  public static Checkpoint read(byte[] content, String source) {
    return unpacked(Safetensors.read(content, source), source);
  }

  /**
   * Returns a checkpoint with its packed weights unpacked; one that has none as it is.
   *
   * @param source names the checkpoint in a message
   * @throws org.distillgrid.kd.error.GridException if it is damaged
   */
  public static Checkpoint unpacked(Checkpoint stored, String source) {
    Map<String, String> layouts = new TreeMap<>(stored.metadata());
    layouts.keySet().removeIf(name -> !name.endsWith(PACKED));
    if (layouts.isEmpty()) {
      return stored;
    }
    return new PackedReader(stored, source).read(layouts);
  }
}
