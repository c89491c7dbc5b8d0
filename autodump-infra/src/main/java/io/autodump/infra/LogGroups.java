package io.autodump.infra;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Makes log groups: each has the retention and the key of the props, and is deleted with the stack. */
final class LogGroups {
    private LogGroups() {}

    static LogGroup.Builder of(Construct scope, String id, AutoDumpProps props) {
        LogGroup.Builder group = LogGroup.Builder.create(scope, id)
                .retention(props.logRetention())
                .removalPolicy(RemovalPolicy.DESTROY);
        props.logKey().ifPresent(group::encryptionKey);
        return group;
    }
}
