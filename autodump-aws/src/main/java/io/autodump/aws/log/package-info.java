/**
 * The JSON log lines and the metrics of AutoDump's own programs on AWS.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.aws.log;

import org.jspecify.annotations.NullMarked;
