package io.autodump.aws.internal;

import software.amazon.awssdk.core.util.VersionInfo;

/** The clients of the AWS SDK that {@code autodump-aws} uses but doesn't bring: a program adds those that it needs. */
public enum OptionalClient {
    RDS("RDS", "rds", "software.amazon.awssdk.services.rds.RdsClient"),
    STEP_FUNCTIONS("Step Functions", "sfn", "software.amazon.awssdk.services.sfn.SfnClient"),
    SNS("SNS", "sns", "software.amazon.awssdk.services.sns.SnsClient"),
    EVENT_BRIDGE("EventBridge", "eventbridge", "software.amazon.awssdk.services.eventbridge.EventBridgeClient");

    private final String service;
    private final String artifact;
    private final String className;

    OptionalClient(String service, String artifact, String className) {
        this.service = service;
        this.artifact = artifact;
        this.className = className;
    }

    /**
     * Checks that the client is there. Must run before the first mention of one of its classes.
     *
     * @throws IllegalStateException naming the artifact, if the client isn't on the class path
     */
    public void require() {
        try {
            Class.forName(className, false, OptionalClient.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    service + " needs the library software.amazon.awssdk:" + artifact
                            + ", which isn't on the class path: add software.amazon.awssdk:" + artifact + ":"
                            + VersionInfo.SDK_VERSION + " to the dependencies, without its netty-nio-client",
                    missing);
        }
    }
}
