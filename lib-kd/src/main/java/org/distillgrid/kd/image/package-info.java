/** Planar 8-bit images: reading, writing, MATLAB's bicubic resize, luma, PSNR and SSIM. */
package org.distillgrid.kd.image;
