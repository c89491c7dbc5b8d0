/** Commands that work with the deployment on AWS. */
@NullMarked
package io.autodump.cli.deployed;

import org.jspecify.annotations.NullMarked;
