/** How far into the input a network's output pixel looks. */
package org.distillgrid.kd.model.reach;
