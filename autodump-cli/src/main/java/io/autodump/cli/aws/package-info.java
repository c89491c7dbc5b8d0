/** The command on an AWS account. Nothing of the SDK is loaded unless the configuration names something on AWS. */
@NullMarked
package io.autodump.cli.aws;

import org.jspecify.annotations.NullMarked;
