/**
 * Commands that work with the deployment on AWS.
 *
 * <p>Not API: this package may change in any release.
 */
@NullMarked
package io.autodump.cli.deployed;

import org.jspecify.annotations.NullMarked;
