/**
 * What a database needs from its server, and no dump of the database holds: roles and extensions.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.core.server;

import org.jspecify.annotations.NullMarked;
