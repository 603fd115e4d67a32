/** Architectures, one file each; a model's name is its spec, for instance {@code edsr-c64-b16}. */
package org.distillgrid.kd.model;
