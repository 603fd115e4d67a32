/** Networks of information distillation: IMDN and RFDN. */
package org.distillgrid.kd.model.imdn;
