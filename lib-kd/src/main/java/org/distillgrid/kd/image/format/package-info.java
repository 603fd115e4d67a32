/**
 * The file formats of images: what their headers say, whether they are whole, and their samples as
 * stored. Nothing here is colour-managed: profiles are taken off before a decoder sees them.
 */
package org.distillgrid.kd.image.format;
