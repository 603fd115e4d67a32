/** What degrades an image, and how its restoration is judged. */
package org.distillgrid.kd.task;
