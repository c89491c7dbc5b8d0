/** Secrets as JSON files in a folder. */
@NullMarked
package io.autodump.local.secret;

import org.jspecify.annotations.NullMarked;
