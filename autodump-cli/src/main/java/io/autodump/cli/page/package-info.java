/**
 * What the page about all databases shows, the metrics, and the HTTP server that shows both.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.page;

import org.jspecify.annotations.NullMarked;
