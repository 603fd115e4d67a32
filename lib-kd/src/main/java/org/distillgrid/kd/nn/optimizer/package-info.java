/** What moves parameters against their gradients: Adam, its constants, and a bound on gradients. */
package org.distillgrid.kd.nn.optimizer;
