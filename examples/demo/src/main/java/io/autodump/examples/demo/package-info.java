/** What {@code make demo} runs. */
@NullMarked
package io.autodump.examples.demo;

import org.jspecify.annotations.NullMarked;
