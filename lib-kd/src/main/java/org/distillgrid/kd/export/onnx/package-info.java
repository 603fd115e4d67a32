/** The ONNX file format: models as records, their check, and their writer. */
package org.distillgrid.kd.export.onnx;
