/** Scheduled runs as durable files in a folder. */
@NullMarked
package io.autodump.local.run;

import org.jspecify.annotations.NullMarked;
