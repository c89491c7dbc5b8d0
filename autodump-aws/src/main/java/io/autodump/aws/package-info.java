/** AutoDump's ports on AWS; {@link io.autodump.aws.AwsClients} owns the connections to it. */
@NullMarked
package io.autodump.aws;

import org.jspecify.annotations.NullMarked;
