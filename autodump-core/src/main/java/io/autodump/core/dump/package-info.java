/**
 * The dump: its settings, its key, its outcome, and the manifest. A dump without a manifest doesn't exist.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.dump;

import org.jspecify.annotations.NullMarked;
