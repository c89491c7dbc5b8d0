package io.autodump.infra;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.UniqueResourceNameOptions;
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
 * Everything that AutoDump needs in one account and region: dumps of all databases whose secrets are tagged with a schedule.
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
 * <p>The databases must let the jobs in: {@link #getConnections()} is their side. The bucket and its key are kept when
 * the construct is removed. One of it is enough for an account and region; two would dump every database twice.
 */
public final class AutoDump extends Construct implements IConnectable {
    private final DumpStorage storage;
    private final Notifications notifications;
    private final DumpJobs jobs;
    private final RunStateMachine runs;
    private final DumpAlarms alarms;
    private final DumpDashboard dashboard;

    /**
     * Builds all of it.
     *
     * @throws IllegalArgumentException if the subnets that were chosen are fewer than two
     */
    public AutoDump(Construct scope, String id, AutoDumpProps props) {
        super(scope, id);
        checkSubnets(props);
        // S3's log delivery by bucket policy, whatever the app around says: the other way needs ACLs, which are off.
        getNode().setContext("@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true);
        Key key = key();
        Queue deadLetters = deadLetters();
        String stateMachineName = Names.uniqueResourceName(
                this,
                UniqueResourceNameOptions.builder().maxLength(80).separator("-").build());
        storage = new DumpStorage(this, props, key);
        notifications = new Notifications(this, props, key);
        jobs = new DumpJobs(this, props, storage);
        Functions functions = new Functions(this, props, storage, deadLetters, stateMachineName);
        runs = new RunStateMachine(this, props, stateMachineName, functions, jobs, notifications, key);
        new ScanRules(this, props, functions, deadLetters);
        alarms = new DumpAlarms(this, props, notifications, functions, runs.stateMachine(), deadLetters);
        dashboard = new DumpDashboard(this, alarms);
        if (props.vpcEndpoints()) {
            new NetworkEndpoints(this, props, jobs.securityGroup());
        }
    }

    /** The jobs, to be let in by databases. Nobody can connect to them. */
    @Override
    public Connections getConnections() {
        return jobs.securityGroup().getConnections();
    }

    /** The security group of the jobs. */
    public ISecurityGroup securityGroup() {
        return jobs.securityGroup();
    }

    /** The bucket of secrets which name none: the first of those given, or the one that was made. */
    public IBucket bucket() {
        return storage.buckets().get(0);
    }

    /** The topic that is told of failed dumps. */
    public ITopic topic() {
        return notifications.topic();
    }

    /** Its executions are the runs. */
    public IStateMachine stateMachine() {
        return runs.stateMachine();
    }

    /** What the jobs may do; grant it what secrets or keys of other accounts need. */
    public IRole jobRole() {
        return jobs.jobRole();
    }

    /** All alarms, to attach further actions to. */
    public List<Alarm> alarms() {
        return alarms.alarms();
    }

    /** The name of the dashboard in CloudWatch. */
    public String dashboardName() {
        return dashboard.name();
    }

    private static void checkSubnets(AutoDumpProps props) {
        List<String> subnets = props.vpc().selectSubnets(props.subnets()).getSubnetIds();
        boolean known = !Boolean.TRUE.equals(Token.isUnresolved(subnets));
        List<String> problems = new ArrayList<>();
        if (known && subnets.size() < 2) {
            problems.add("subnets " + subnets + "; expected at least two, in different availability zones");
        }
        Inputs.throwIfAny(problems);
    }

    /** For what is made here: the bucket, if no other key is named, and the topic. */
    private Key key() {
        return Key.Builder.create(this, "Key")
                .description("AutoDump: dumps and notifications")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
    }

    private Queue deadLetters() {
        Queue queue = Queue.Builder.create(this, "DeadLetters")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .build();
        NagReasons.reasons()
                .rule("AwsSolutions-SQS3", "this is the dead-letter queue itself, of functions and rules")
                .on(queue);
        return queue;
    }
}
