/**
 * Networks as lists of ONNX operations: one run is recorded, runs at several input sizes are joined
 * into one list for all sizes.
 */
package org.distillgrid.kd.export.trace;
