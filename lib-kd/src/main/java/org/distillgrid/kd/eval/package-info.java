/** What restored images are worth: folders of images degraded, compared and scored. */
package org.distillgrid.kd.eval;
