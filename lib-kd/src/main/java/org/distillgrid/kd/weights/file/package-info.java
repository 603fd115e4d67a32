/** Weight files of every format: what they hold, and which of it is the network. */
package org.distillgrid.kd.weights.file;
