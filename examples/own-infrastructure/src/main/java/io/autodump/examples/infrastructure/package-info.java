/** A CDK program that uses AutoDump's construct. */
@NullMarked
package io.autodump.examples.infrastructure;

import org.jspecify.annotations.NullMarked;
