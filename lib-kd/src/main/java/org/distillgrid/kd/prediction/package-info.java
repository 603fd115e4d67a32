/** What a frozen network says of patches, kept in files of 16 bits a sample, and read unchanged. */
package org.distillgrid.kd.prediction;
