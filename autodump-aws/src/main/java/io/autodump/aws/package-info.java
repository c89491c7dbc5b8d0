/**
 * AutoDump on AWS. {@link io.autodump.aws.AwsClients} owns the connections; the subpackages implement the ports.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.aws;

import org.jspecify.annotations.NullMarked;
