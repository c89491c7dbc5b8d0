/** What other libraries load by name; nobody else uses it. */
@NullMarked
package io.autodump.dumper.internal;

import org.jspecify.annotations.NullMarked;
