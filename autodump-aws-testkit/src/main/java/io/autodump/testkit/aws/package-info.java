/**
 * AWS for tests, on the loopback interface: a real S3 server ({@link io.autodump.testkit.aws.S3Server}), and a fake
 * account ({@link io.autodump.testkit.aws.FakeAws}) with as much of Secrets Manager, Step Functions, SNS, EventBridge
 * and STS as AutoDump's adapters use. A test can make calls slow, throttled, denied or unanswered.
 *
 * @since 0.1.0
 */
@NullMarked
package io.autodump.testkit.aws;

import org.jspecify.annotations.NullMarked;
