/** Distillation methods, one file each: what a student loses by differing from its teacher. */
package org.distillgrid.kd.distill;
