/** Random draws that depend on what they are for, never on what was drawn before. */
package org.distillgrid.kd.random;
