/**
 * Stand-ins for AWS on the loopback interface: a real S3 server, and enough of Secrets Manager, Step Functions, SNS,
 * EventBridge and STS for AutoDump's adapters, with faults on request.
 */
@NullMarked
package io.autodump.testkit.aws;

import org.jspecify.annotations.NullMarked;
