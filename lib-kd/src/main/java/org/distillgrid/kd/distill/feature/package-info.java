/** Methods that compare the features of both networks, and what another one of them is made of. */
package org.distillgrid.kd.distill.feature;
