/** MIRNet: features of several resolutions side by side, fused with weights of their own. */
package org.distillgrid.kd.model.mirnet;
