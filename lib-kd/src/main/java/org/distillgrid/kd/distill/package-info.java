/**
 * What a method is, how methods add up and are weighted, and the two that need images alone. Every
 * other method has a room of its own above this one.
 */
package org.distillgrid.kd.distill;
