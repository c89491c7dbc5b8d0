/** What AutoDump does, one class for each deed, built from ports alone. */
@NullMarked
package io.autodump.core.usecase;

import org.jspecify.annotations.NullMarked;
