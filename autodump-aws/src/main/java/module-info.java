/**
 * AutoDump on AWS: dumps in S3, secrets in Secrets Manager, IAM tokens and servers of RDS, runs in Step Functions,
 * events to SNS and EventBridge.
 *
 * <p>All but the first three are optional: a program that uses one requires {@code
 * software.amazon.awssdk.services.rds}, {@code .sfn}, {@code .sns} or {@code .eventbridge} itself.
 *
 * @since 0.1.0
 */
// The AWS SDK and Immutables have no descriptors.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.autodump.aws {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires transitive io.autodump.core;
    // What the AWS SDK uses of the JDK and logs to, and, without a descriptor, can't ask for.
    requires java.security.jgss;
    requires java.xml;
    requires jdk.net;
    requires org.slf4j;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.http.auth.aws;
    requires software.amazon.awssdk.http.auth.spi;
    requires software.amazon.awssdk.metrics;
    requires software.amazon.awssdk.profiles;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires transitive software.amazon.awssdk.auth;
    requires transitive software.amazon.awssdk.awscore;
    requires transitive software.amazon.awssdk.core;
    requires transitive software.amazon.awssdk.http;
    requires transitive software.amazon.awssdk.identity.spi;
    requires transitive software.amazon.awssdk.regions;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.secretsmanager;
    requires transitive software.amazon.awssdk.services.sts;
    requires transitive software.amazon.awssdk.utils;
    // Immutables, at compile time only, and what its generated classes are annotated with.
    requires static com.google.errorprone.annotations;
    requires static java.compiler;
    requires static org.immutables.value.annotations;
    // The programs that use these services bring the clients.
    requires static software.amazon.awssdk.services.eventbridge;
    requires static software.amazon.awssdk.services.rds;
    requires static software.amazon.awssdk.services.sfn;
    requires static software.amazon.awssdk.services.sns;

    exports io.autodump.aws;
    exports io.autodump.aws.event;
    exports io.autodump.aws.rds;
    exports io.autodump.aws.s3;
    exports io.autodump.aws.secretsmanager;
    exports io.autodump.aws.stepfunctions;
}
