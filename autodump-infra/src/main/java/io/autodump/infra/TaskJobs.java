package io.autodump.infra;

import io.autodump.core.contract.DumperNames;
import io.autodump.infra.access.Access;
import io.autodump.infra.statemachine.TaskKind;
import java.time.Duration;
import java.util.List;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.batch.EcsFargateContainerDefinition;
import software.amazon.awscdk.services.batch.EcsJobDefinition;
import software.amazon.awscdk.services.batch.EcsVolume;
import software.amazon.awscdk.services.batch.HostVolumeOptions;
import software.amazon.awscdk.services.batch.JobQueue;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * AWS Batch on Fargate for one kind of job that isn't a dump, with the image of the dumps: a queue of its own, so that
 * a restore doesn't wait for dumps, and a definition with a role of its own.
 */
final class TaskJobs extends Construct {
    /** A restore takes up to four times as long as its dump. */
    private static final int TIMES_AS_LONG = 4;

    /** The longest that Batch accepts. */
    private static final Duration LONGEST = Duration.ofDays(14);

    /** The most that Fargate has. It costs two US cents an hour, and only while a job runs. */
    private static final int STORAGE_GIB = 200;

    private final TaskKind kind;
    private final String definitionName;
    private final Role role;
    private final JobQueue queue;
    private final EcsJobDefinition definition;

    TaskJobs(Construct scope, TaskKind kind, AutoDumpProps props, DumpStorage storage, DumpJobs dumps) {
        super(scope, kind.id());
        this.kind = kind;
        definitionName = Access.uniqueName(this, DumpJobs.LONGEST_NAME);
        role = kind == TaskKind.RESTORE
                ? TaskRoles.restore(this, props, storage)
                : TaskRoles.drill(this, props, storage);
        queue = dumps.queue(this, props.jobSize().vcpusFor(kind.mostAtATime()), props, /* spot */ false);
        definition = definition(props, storage, dumps);
    }

    TaskKind kind() {
        return kind;
    }

    Role role() {
        return role;
    }

    JobQueue queue() {
        return queue;
    }

    EcsJobDefinition definition() {
        return definition;
    }

    /** Returns the ARN without a revision, which means the newest one. */
    String definitionArn() {
        return Access.arn(this, "batch", "job-definition", definitionName, ArnFormat.SLASH_RESOURCE_NAME);
    }

    private EcsJobDefinition definition(AutoDumpProps props, DumpStorage storage, DumpJobs dumps) {
        EcsFargateContainerDefinition container = dumps.container(this, role, kind.argument(), props, storage)
                .command(List.of(kind.argument()))
                // The data of a drill's server, and the archive of a parallel restore. The image owns the folder.
                .ephemeralStorageSize(Size.gibibytes(STORAGE_GIB))
                .volumes(List.of(EcsVolume.host(HostVolumeOptions.builder()
                        .name("scratch")
                        .containerPath(DumperNames.SCRATCH_FOLDER)
                        .build())))
                .build();
        return EcsJobDefinition.Builder.create(this, "Definition")
                .jobDefinitionName(definitionName)
                .container(container)
                .timeout(software.amazon.awscdk.Duration.seconds(
                        longest(props.jobTimeout()).toSeconds()))
                // A restore may have changed its target. A drill comes again.
                .retryAttempts(1)
                .propagateTags(true)
                .build();
    }

    private static Duration longest(Duration dump) {
        Duration restore = dump.multipliedBy(TIMES_AS_LONG);
        return restore.compareTo(LONGEST) < 0 ? restore : LONGEST;
    }
}
