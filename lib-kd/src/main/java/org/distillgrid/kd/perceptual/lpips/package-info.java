/** LPIPS: how alike two images look to a network that was trained to recognise things. */
package org.distillgrid.kd.perceptual.lpips;
