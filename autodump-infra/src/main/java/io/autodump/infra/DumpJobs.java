package io.autodump.infra;

import io.autodump.core.contract.DumperNames;
import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import io.autodump.infra.input.EgressRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.batch.EcsFargateContainerDefinition;
import software.amazon.awscdk.services.batch.EcsJobDefinition;
import software.amazon.awscdk.services.batch.FargateComputeEnvironment;
import software.amazon.awscdk.services.batch.JobQueue;
import software.amazon.awscdk.services.batch.JobStateTimeLimitAction;
import software.amazon.awscdk.services.batch.JobStateTimeLimitActionsAction;
import software.amazon.awscdk.services.batch.JobStateTimeLimitActionsReason;
import software.amazon.awscdk.services.batch.JobStateTimeLimitActionsState;
import software.amazon.awscdk.services.batch.OrderedComputeEnvironment;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** AWS Batch on Fargate: the queue, and the definition of the job that dumps one database. */
final class DumpJobs extends Construct {
    /** The shortest time that Batch accepts. */
    private static final Duration PATIENCE = Duration.minutes(10);
    /** Limit of a job definition's name (AWS Batch, API reference, RegisterJobDefinition). */
    static final int LONGEST_NAME = 128;

    private final String definitionName;
    private final ISecurityGroup securityGroup;
    private final Role jobRole;
    private final Role executionRole;
    private final JobQueue queue;
    private final EcsJobDefinition definition;
    private final LogGroup logs;

    DumpJobs(Construct scope, AutoDumpProps props, DumpStorage storage) {
        super(scope, "Jobs");
        definitionName = Access.uniqueName(this, LONGEST_NAME);
        securityGroup = props.securityGroup().orElseGet(() -> makeSecurityGroup(props));
        logs = logGroup(this, "Logs", props).build();
        jobRole = JobRole.of(this, props, storage);
        executionRole = executionRole(this);
        queue = queue(this, props.jobSize().vcpusFor(props.maxConcurrentDumps()), props, props.spot());
        definition = definition(props, storage);
    }

    ISecurityGroup securityGroup() {
        return securityGroup;
    }

    private ISecurityGroup makeSecurityGroup(AutoDumpProps props) {
        SecurityGroup made = SecurityGroup.Builder.create(this, "SecurityGroup")
                .vpc(props.vpc())
                .description("Jobs of AutoDump: nobody may connect to them, databases let this group in")
                .allowAllOutbound(props.egress().isEmpty())
                .build();
        for (String rule : props.egress()) {
            EgressRule allowed = EgressRule.parse(rule).orElseThrow();
            made.addEgressRule(allowed.peer(), allowed.portRange(), "Setting egress");
        }
        return made;
    }

    Role jobRole() {
        return jobRole;
    }

    JobQueue queue() {
        return queue;
    }

    EcsJobDefinition definition() {
        return definition;
    }

    /**
     * Returns the ARN without a revision, which means the newest one. A run that waits during an update holds this
     * name, and the update removes the old revision.
     */
    String definitionArn() {
        return Access.arn(this, "batch", "job-definition", definitionName, ArnFormat.SLASH_RESOURCE_NAME);
    }

    LogGroup logs() {
        return logs;
    }

    /** Makes a queue with a compute environment of its own, in the subnets and the security group of the jobs. */
    JobQueue queue(Construct scope, int vcpus, AutoDumpProps props, boolean spot) {
        FargateComputeEnvironment environment = FargateComputeEnvironment.Builder.create(scope, "Fargate")
                .vpc(props.vpc())
                .vpcSubnets(props.subnets())
                .securityGroups(List.of(securityGroup))
                .maxvCpus(vcpus)
                .spot(spot)
                .build();
        return JobQueue.Builder.create(scope, "Queue")
                .jobStateTimeLimitActions(List.of(
                        neverRuns(JobStateTimeLimitActionsReason.JOB_RESOURCE_REQUIREMENT),
                        neverRuns(JobStateTimeLimitActionsReason.COMPUTE_ENVIRONMENT_MAX_RESOURCE)))
                .computeEnvironments(List.of(OrderedComputeEnvironment.builder()
                        .computeEnvironment(environment)
                        .order(1)
                        .build()))
                .build();
    }

    /**
     * Cancels a job that can never run, because its secret's tags ask for more than the environment has. Otherwise it
     * would wait for ever and block the jobs behind it.
     */
    private static JobStateTimeLimitAction neverRuns(JobStateTimeLimitActionsReason reason) {
        return JobStateTimeLimitAction.builder()
                .state(JobStateTimeLimitActionsState.RUNNABLE)
                .reason(reason)
                .action(JobStateTimeLimitActionsAction.CANCEL)
                .maxTime(PATIENCE)
                .build();
    }

    private EcsJobDefinition definition(AutoDumpProps props, DumpStorage storage) {
        // Dumps are streamed, and the password file is in /dev/shm, so no volume is needed. The 20 GiB that every task
        // on Fargate has are free and never written to.
        EcsFargateContainerDefinition container =
                container(this, jobRole, "dump", props, storage).build();
        EcsJobDefinition made = EcsJobDefinition.Builder.create(this, "Definition")
                .jobDefinitionName(definitionName)
                .container(container)
                .timeout(Duration.seconds(props.jobTimeout().toSeconds()))
                // The state machine decides which failures get a second attempt.
                .retryAttempts(1)
                .propagateTags(true)
                .build();
        excusePull();
        return made;
    }

    /**
     * Begins a container of the image, with the size and the settings of all jobs.
     *
     * @param log the prefix of its streams in the log group of the jobs
     */
    EcsFargateContainerDefinition.Builder container(
            Construct scope, Role role, String log, AutoDumpProps props, DumpStorage storage) {
        return EcsFargateContainerDefinition.Builder.create(scope, "Container")
                .image(props.image())
                .cpu(props.jobSize().vcpu())
                .memory(Size.mebibytes(props.jobSize().memoryMiB()))
                .fargateCpuArchitecture(props.cpuArchitecture())
                .fargateOperatingSystemFamily(OperatingSystemFamily.LINUX)
                .user(DumperNames.USER)
                .readonlyRootFilesystem(true)
                .environment(environment(props, storage))
                .jobRole(role)
                .executionRole(executionRole)
                .logging(logging(log))
                .assignPublicIp(false);
    }

    private LogDriver logging(String prefix) {
        return LogDriver.awsLogs(
                AwsLogDriverProps.builder().logGroup(logs).streamPrefix(prefix).build());
    }

    private Map<String, String> environment(AutoDumpProps props, DumpStorage storage) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(DumperNames.BUCKETS, storage.names());
        environment.put(DumperNames.BUCKET_OWNER, props.bucketOwner().orElse(Aws.ACCOUNT_ID));
        props.bucketRegion().ifPresent(region -> environment.put(DumperNames.BUCKET_REGION, region));
        if (!props.secretMetrics()) {
            environment.put(DumperNames.SECRET_METRICS, "false");
        }
        storage.key().ifPresent(key -> environment.put(DumperNames.KMS_KEY_ARN, key.getKeyArn()));
        environment.put(DumperNames.EVENT_BUS, JobRole.busArn(this, props));
        props.scratchSecretArn().ifPresent(arn -> environment.put(DumperNames.SCRATCH_SECRET_ARN, arn));
        props.sourceRoleArn().ifPresent(arn -> environment.put(DumperNames.SOURCE_ROLE_ARN, arn));
        props.targetRoleArn().ifPresent(arn -> environment.put(DumperNames.TARGET_ROLE_ARN, arn));
        return environment;
    }

    /** The role of Fargate itself, which pulls the image and writes the log. The CDK adds its permissions. */
    private static Role executionRole(Construct scope) {
        return Role.Builder.create(scope, "ExecutionRole")
                .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                .description("AutoDump: Fargate pulls the image and writes the log of a job")
                .build();
    }

    private void excusePull() {
        IConstruct policy = getNode().findChild("ExecutionRole").getNode().tryFindChild("DefaultPolicy");
        if (policy != null) {
            NagReasons.reasons()
                    // "*", added by the CDK for an image in ECR.
                    .wildcard(
                            "Resource::*",
                            "ecr:GetAuthorizationToken has no resource-level permissions; pulling is granted for the one"
                                    + " repository")
                    .on(policy);
        }
    }

    /** A condition: a key may be used only through another service in this region. */
    static Map<String, Object> onlyThrough(Construct scope, String service) {
        return onlyThrough(scope, service, Stack.of(scope).getRegion());
    }

    /** A condition: a key may be used only through S3 in the region of the buckets. */
    static Map<String, Object> onlyThroughS3(Construct scope, AutoDumpProps props) {
        return onlyThrough(
                scope, "s3", props.bucketRegion().orElse(Stack.of(scope).getRegion()));
    }

    private static Map<String, Object> onlyThrough(Construct scope, String service, String region) {
        return Map.of(
                "StringEquals",
                Map.of(
                        "kms:ViaService",
                        service + "." + region + "." + Stack.of(scope).getUrlSuffix()));
    }

    /** Makes a log group with the retention and the key of the props. It is deleted with the stack. */
    static LogGroup.Builder logGroup(Construct scope, String id, AutoDumpProps props) {
        LogGroup.Builder group = LogGroup.Builder.create(scope, id)
                .retention(props.logRetention())
                .removalPolicy(RemovalPolicy.DESTROY);
        props.logKey().ifPresent(group::encryptionKey);
        return group;
    }
}
