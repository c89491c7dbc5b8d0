/**
 * The runner in the container: reads its environment, makes one dump by way of AWS, tells what came of it, and exits with
 * the status of the error registry. The only package of this module that knows AWS.
 */
@NullMarked
package io.autodump.dumper.container;

import org.jspecify.annotations.NullMarked;
