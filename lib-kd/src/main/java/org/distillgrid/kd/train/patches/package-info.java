/** Where the patches of a training come from. */
package org.distillgrid.kd.train.patches;
