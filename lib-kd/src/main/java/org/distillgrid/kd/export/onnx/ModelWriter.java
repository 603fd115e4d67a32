package org.distillgrid.kd.export.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes models as protocol buffers. Source: the public specification onnx.proto, whose field
 * numbers stand here beside their names.
 */
public final class ModelWriter {
  private static final String PRODUCER = "distill-grid";

  private ModelWriter() {}

  /** Writes one message's fields. */
  @FunctionalInterface
  private interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** Returns the bytes of a checked model. */
  public static byte[] bytes(Model model) {
    OnnxCheck.require(model);
    return message(
        out -> {
          out.writeInt64(1, Model.IR_VERSION); // ir_version
          out.writeString(2, PRODUCER); // producer_name
          out.writeByteArray(7, graph(model)); // graph
          out.writeByteArray(8, message(opset -> opset.writeInt64(2, Model.OPSET))); // opset_import
          for (var entry : model.metadata().entrySet()) {
            out.writeByteArray(14, pair(entry.getKey(), entry.getValue())); // metadata_props
          }
        });
  }

  private static byte[] pair(String key, String value) {
    return message(
        out -> {
          out.writeString(1, key);
          out.writeString(2, value);
        });
  }

  private static byte[] graph(Model model) {
    return message(
        out -> {
          for (Node node : model.nodes()) {
            out.writeByteArray(1, node(node)); // node
          }
          out.writeString(2, model.name()); // name
          for (Tensor constant : model.constants()) {
            out.writeByteArray(5, tensor(constant)); // initializer
          }
          for (Port input : model.inputs()) {
            out.writeByteArray(11, port(input)); // input
          }
          for (Port output : model.outputs()) {
            out.writeByteArray(12, port(output)); // output
          }
        });
  }

  private static byte[] node(Node node) {
    return message(
        out -> {
          for (String input : node.inputs()) {
            out.writeString(1, input); // input
          }
          for (String output : node.outputs()) {
            out.writeString(2, output); // output
          }
          out.writeString(3, node.name()); // name
          out.writeString(4, node.operator()); // op_type
          for (var entry : node.attributes().entrySet()) {
            out.writeByteArray(5, attribute(entry.getKey(), entry.getValue())); // attribute
          }
        });
  }

  private static byte[] attribute(String name, Attribute attribute) {
    return message(
        out -> {
          out.writeString(1, name); // name
          if (attribute instanceof Attribute.Real real) {
            out.writeFloat(2, real.value()); // f
          } else if (attribute instanceof Attribute.Whole whole) {
            out.writeInt64(3, whole.value()); // i
          } else if (attribute instanceof Attribute.Text text) {
            out.writeBytes(4, ByteString.copyFromUtf8(text.value())); // s
          } else if (attribute instanceof Attribute.Wholes wholes) {
            for (long value : wholes.values()) {
              out.writeInt64(8, value); // ints
            }
          }
          out.writeInt32(20, code(attribute)); // type
        });
  }

  private static int code(Attribute attribute) {
    if (attribute instanceof Attribute.Real) {
      return 1;
    }
    if (attribute instanceof Attribute.Whole) {
      return 2;
    }
    if (attribute instanceof Attribute.Text) {
      return 3;
    }
    return 7;
  }

  private static byte[] tensor(Tensor tensor) {
    return message(
        out -> {
          for (long dim : tensor.dims()) {
            out.writeInt64(1, dim); // dims
          }
          out.writeInt32(2, tensor.type().code()); // data_type
          out.writeString(8, tensor.name()); // name
          out.writeByteArray(9, tensor.raw()); // raw_data
        });
  }

  private static byte[] port(Port port) {
    byte[] shape = message(out -> writeAxes(out, port.axes()));
    byte[] type =
        message(
            out -> {
              out.writeInt32(1, port.type().code()); // elem_type
              out.writeByteArray(2, shape); // shape
            });
    return message(
        out -> {
          out.writeString(1, port.name()); // name
          out.writeByteArray(2, message(kind -> kind.writeByteArray(1, type))); // type.tensor_type
        });
  }

  private static void writeAxes(CodedOutputStream out, List<Port.Axis> axes) throws IOException {
    for (Port.Axis axis : axes) {
      byte[] dim =
          message(
              length -> {
                if (axis instanceof Port.Axis.Fixed fixed) {
                  length.writeInt64(1, fixed.length()); // dim_value
                } else if (axis instanceof Port.Axis.Free free) {
                  length.writeString(2, free.name()); // dim_param
                }
              });
      out.writeByteArray(1, dim); // dim
    }
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return bytes.toByteArray();
  }
}
