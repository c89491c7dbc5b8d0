package io.autodump.infra;

import io.autodump.infra.access.Access;
import io.autodump.infra.access.NagReasons;
import io.autodump.infra.input.Inputs;
import io.autodump.infra.statemachine.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.ec2.Connections;
import software.amazon.awscdk.services.ec2.IConnectable;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.constructs.Construct;

/**
 * Deploys AutoDump in one account and region. It dumps all databases whose secrets have a schedule tag.
 *
 * <pre>{@code
 * AutoDump autodump = new AutoDump(this, "AutoDump", AutoDumpProps.builder()
 *         .vpc(vpc)
 *         .image(ContainerImage.fromEcrRepository(repository, "0.1.0"))
 *         .functions(FunctionJar.at(Path.of("target/autodump-lambda-0.1.0-function.jar")))
 *         .addNotificationEmails("dba@example.com")
 *         .build());
 * database.getConnections().allowDefaultPortFrom(autodump);
 * }</pre>
 *
 * <p>The databases must allow connections from the jobs; {@link #getConnections()} is the side of the jobs. The bucket
 * and its key remain when the construct is removed. Several constructs in one account and region need different {@code
 * deployment}s: two with the same would dump every database twice.
 */
public final class AutoDump extends Construct implements IConnectable {
    private final DumpStorage storage;
    private final Notifications notifications;
    private final DumpJobs jobs;
    private final LambdaFunctions functions;
    private final OutcomeFunctions outcomes;
    private final RunStateMachine runs;
    private final TaskStateMachine restores;
    private final TaskStateMachine drills;
    private final DumpAlarms alarms;
    private final DumpDashboard dashboard;

    /**
     * Creates all resources.
     *
     * @throws IllegalArgumentException if there are fewer than two subnets, or a topic is in another region
     */
    public AutoDump(Construct scope, String id, AutoDumpProps props) {
        super(scope, id);
        check(props);
        // Access logs are delivered by bucket policy, regardless of the app's context. Delivery by ACL is disabled.
        getNode().setContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
        Key key = key();
        Queue deadLetters = deadLetters();
        String stateMachineName = Access.uniqueName(this, 80);
        storage = new DumpStorage(this, props, key);
        notifications = new Notifications(this, props, key, deadLetters);
        jobs = new DumpJobs(this, props, storage);
        Map<TaskKind, String> taskNames = TaskStateMachine.names(this);
        functions = new LambdaFunctions(this, props, storage, stateMachineName, taskNames);
        outcomes = new OutcomeFunctions(this, props, storage);
        runs = new RunStateMachine(this, props, stateMachineName, functions, outcomes, jobs, notifications, key);
        ScanRules rules = new ScanRules(this, props, functions, deadLetters);
        runs.drain(rules, functions.scanner());
        restores = tasks(TaskKind.RESTORE, taskNames, props, key);
        restores.drain(functions);
        drills = tasks(TaskKind.DRILL, taskNames, props, key);
        drills.drain(functions, rules, functions.scanner());
        alarms = new DumpAlarms(
                this,
                props,
                notifications,
                functions,
                outcomes,
                new DumpAlarms.Machines(runs.stateMachine(), restores.stateMachine(), drills.stateMachine()),
                deadLetters);
        dashboard = new DumpDashboard(this, alarms);
        if (props.vpcEndpoints()) {
            new NetworkEndpoints(this, props, jobs.securityGroup());
        }
    }

    /** Returns the connections of the jobs, for the security groups of databases. Nothing can connect to the jobs. */
    @Override
    public Connections getConnections() {
        return jobs.securityGroup().getConnections();
    }

    /** Returns the security group of the jobs. */
    public ISecurityGroup securityGroup() {
        return jobs.securityGroup();
    }

    /** Returns the bucket for secrets that name none: the first existing bucket, or the new one. */
    public IBucket bucket() {
        return storage.buckets().get(0);
    }

    /** Returns the topic that receives failed dumps. */
    public ITopic topic() {
        return notifications.topic();
    }

    /** Returns the state machine. Each execution is one run. */
    public IStateMachine stateMachine() {
        return runs.stateMachine();
    }

    /** Returns the state machine of restores: {@code autodump aws restore} starts its executions. */
    public IStateMachine restoreStateMachine() {
        return restores.stateMachine();
    }

    /** Returns the state machine of restore drills. The scanner and {@code autodump aws drill} start its executions. */
    public IStateMachine drillStateMachine() {
        return drills.stateMachine();
    }

    /** Returns the role of restores. Grant it access to secrets or keys of other accounts. */
    public IRole restoreRole() {
        return restores.role();
    }

    /** Returns the role of restore drills. */
    public IRole drillRole() {
        return drills.role();
    }

    /** Returns the role of the jobs. Grant it access to secrets or keys of other accounts. */
    public IRole jobRole() {
        return jobs.jobRole();
    }

    /** Returns the ARNs of all roles that access the buckets, for policies of other accounts. */
    public List<String> rolesForBuckets() {
        return List.of(
                jobs.jobRole().getRoleArn(),
                functions.roleArn(functions.freshness()),
                functions.roleArn(outcomes.record()),
                functions.roleArn(outcomes.prune()),
                restores.role().getRoleArn(),
                drills.role().getRoleArn());
    }

    /** Returns the ARNs of all roles that assume {@code sourceRoleArn} or read secrets. */
    public List<String> rolesForSecrets() {
        return Stream.concat(
                        Stream.of(
                                jobs.jobRole().getRoleArn(),
                                restores.role().getRoleArn(),
                                drills.role().getRoleArn()),
                        Stream.of(
                                        functions.scanner(),
                                        functions.hash(),
                                        functions.reschedule(),
                                        functions.freshness(),
                                        outcomes.prune())
                                .map(functions::roleArn))
                .toList();
    }

    /** Returns the ARN of the job queue. */
    public String jobQueueArn() {
        return jobs.queue().getJobQueueArn();
    }

    /** Returns the ARN of the job definition, without a revision: the newest one. */
    public String jobDefinitionArn() {
        return jobs.definitionArn();
    }

    /** Returns the name of the log group of the jobs. */
    public String jobLogGroupName() {
        return jobs.logs().getLogGroupName();
    }

    /** Returns all alarms, for further actions. */
    public List<Alarm> alarms() {
        return alarms.alarms();
    }

    /** Returns the name of the dashboard in CloudWatch. */
    public String dashboardName() {
        return dashboard.name();
    }

    private TaskStateMachine tasks(TaskKind kind, Map<TaskKind, String> names, AutoDumpProps props, Key topicKey) {
        TaskJobs tasks = new TaskJobs(this, kind, props, storage, jobs);
        String name = Objects.requireNonNull(names.get(kind));
        return new TaskStateMachine(this, name, props, tasks, jobs, notifications, topicKey);
    }

    private void check(AutoDumpProps props) {
        List<String> subnets = props.vpc().selectSubnets(props.subnets()).getSubnetIds();
        boolean known = !Boolean.TRUE.equals(Token.isUnresolved(subnets));
        List<String> problems = new ArrayList<>();
        if (known && subnets.size() < 2) {
            problems.add("subnets " + subnets + "; expected at least two, in different availability zones");
        }
        String region = Stack.of(this).getRegion();
        props.notificationTopic()
                .ifPresent(topic -> Inputs.sameRegion(problems, "notificationTopic", topic.getTopicArn(), region));
        props.alarmTopic().ifPresent(topic -> Inputs.sameRegion(problems, "alarmTopic", topic.getTopicArn(), region));
        Inputs.throwIfAny(problems);
    }

    /** The key of the topic, and of the bucket unless another key is set. */
    private Key key() {
        return Key.Builder.create(this, "Key")
                .description("AutoDump: dumps and notifications")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
    }

    private Queue deadLetters() {
        Queue queue = Queue.Builder.create(this, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        NagReasons.reasons()
                .rule("AwsSolutions-SQS3", "this is the dead-letter queue itself, of the rules")
                .on(queue);
        return queue;
    }
}
