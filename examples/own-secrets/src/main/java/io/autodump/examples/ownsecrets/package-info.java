/** A team keeps its database connections in a properties file, and dumps all of them every night. */
@NullMarked
package io.autodump.examples.ownsecrets;

import org.jspecify.annotations.NullMarked;
