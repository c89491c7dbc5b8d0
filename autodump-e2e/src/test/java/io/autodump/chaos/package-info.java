/**
 * Faults on every side of the product, and one check after each: nothing is published that {@code verify} refuses, the
 * process ended within its limits with the right code, nothing is left that the next run doesn't remove, and the next
 * run succeeds. {@code docs/reliability.md} lists faults and results.
 *
 * <p>The short form is part of the normal tests. {@code -Dautodump.chaos=full} runs the long form. Random moments come
 * from {@code -Dautodump.chaos.seed}, which is printed.
 */
@NullMarked
package io.autodump.chaos;

import org.jspecify.annotations.NullMarked;
