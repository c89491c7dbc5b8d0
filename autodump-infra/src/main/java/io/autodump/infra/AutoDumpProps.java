package io.autodump.infra;

import io.autodump.infra.input.Inputs;
import io.autodump.infra.input.PropsRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.ObjectLockRetention;
import software.amazon.awscdk.services.sns.ITopic;

/**
 * The properties of {@link AutoDump}. {@link #vpc}, {@link #image} and {@link #functions} are required; all others have
 * a default. Durations are {@link java.time.Duration}s. Immutable.
 *
 * <p>{@code build()} throws an {@link IllegalArgumentException} that names every problem.
 */
@Value.Immutable
@PropsStyle
public abstract class AutoDumpProps {
    public static final CpuArchitecture DEFAULT_ARCHITECTURE = CpuArchitecture.ARM64;
    /** The default of {@link #jobTimeout}: 4 hours. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(4);

    /** The network of the jobs, from which they must reach the databases. The functions run outside it. Required. */
    public abstract IVpc vpc();

    /**
     * The subnets of the jobs; at least two. Subnets without NAT need {@link #vpcEndpoints} or their own endpoints.
     * Default: the private subnets with egress.
     */
    @Value.Default
    public SubnetSelection subnets() {
        return SubnetSelection.builder()
                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                .build();
    }

    /** The dumper's image, which {@code make image} builds, for example in an ECR repository. Required. */
    public abstract ContainerImage image();

    /** The functions' jar, {@code autodump-lambda-VERSION-function.jar}; see {@link FunctionJar}. Required. */
    public abstract Code functions();

    /**
     * The buckets for dumps. The first one is for secrets that name no bucket. Default: a new bucket, which is
     * encrypted and private, and remains when the stack is deleted.
     */
    public abstract List<IBucket> buckets();

    /**
     * The key that encrypts dumps. The key of an imported bucket, or of a bucket in another account, must be set here.
     * Default: a new key with yearly rotation if {@link #buckets} is empty, otherwise the default key of each bucket.
     */
    public abstract Optional<IKey> encryptionKey();

    /** The region of {@link #buckets}. Default: the stack's. */
    public abstract Optional<String> bucketRegion();

    /** The account that must own the buckets, 12 digits. Default: the account of the stack. */
    public abstract Optional<String> bucketOwner();

    /** Keeps every version of an object in the new bucket. {@link #objectLock} implies it. Default: false. */
    @Value.Default
    public boolean versioned() {
        return false;
    }

    /** Protects every dump in the new bucket from deletion for this time. Default: no protection. */
    public abstract Optional<ObjectLockRetention> objectLock();

    /** Deletes older objects from the new bucket; whole days, a last resort. Default: deletes nothing. */
    public abstract Optional<Duration> expireAfter();

    /**
     * The time between two scans of all secrets: 1 minute to 6 hours, whole minutes. Events cause further scans.
     * Default: 15 minutes.
     */
    @Value.Default
    public Duration scanInterval() {
        return Duration.ofMinutes(15);
    }

    /**
     * Reserves one of the account's concurrent executions for the scanner, so that only one scan runs at a time. Set it
     * to false only if the account's quota is too small to reserve any. Two scans at a time are harmless, but cost
     * calls. Default: true.
     */
    @Value.Default
    public boolean reservedScanner() {
        return true;
    }

    /** Limits the executions that a scan starts per second: 1 to 100,000. Default: four fifths of AWS's quota. */
    public abstract Optional<Integer> startsPerSecond();

    /** The size of a job. The secret's tags override it. Default: {@link JobSize#DEFAULT}. */
    @Value.Default
    public JobSize jobSize() {
        return JobSize.DEFAULT;
    }

    /** The time limit of a job: 1 minute to 14 days. The secret's tags override it. Default: 4 hours. */
    @Value.Default
    public Duration jobTimeout() {
        return DEFAULT_TIMEOUT;
    }

    /** Limits the jobs of the default size that run at a time: 1 to 1,000. Further jobs wait. Default: 10. */
    @Value.Default
    public int maxConcurrentDumps() {
        return 10;
    }

    /** The processor architecture of the image. Default: {@code ARM64}. */
    @Value.Default
    public CpuArchitecture cpuArchitecture() {
        return DEFAULT_ARCHITECTURE;
    }

    /**
     * Runs the jobs on spare capacity, which AWS can reclaim at any time. The dump then starts again, up to twice.
     * Requires {@code X86_64}, because AWS Batch has no Fargate Spot for ARM. Default: false.
     */
    @Value.Default
    public boolean spot() {
        return false;
    }

    /** The deployment's name, for {@code autodump:deployment}. Default: none, for the secrets without that tag. */
    public abstract Optional<String> deployment();

    /** Whether each secret has metrics of its own. Default: true. */
    @Value.Default
    public boolean secretMetrics() {
        return true;
    }

    /** The security group of the jobs. Default: a new one. */
    public abstract Optional<ISecurityGroup> securityGroup();

    /**
     * What the new security group of the jobs lets them connect to, as {@code BLOCK:PORT}, for example {@code
     * 10.0.0.0/8:5432}. Not together with {@link #securityGroup}. Default: everything.
     */
    public abstract List<String> egress();

    /** The key that encrypts the log groups. Default: CloudWatch Logs' own. */
    public abstract Optional<IKey> logKey();

    /** The retention of logs. Default: 3 months. */
    @Value.Default
    public RetentionDays logRetention() {
        return RetentionDays.THREE_MONTHS;
    }

    /**
     * The topic that receives failed dumps. If a customer's key encrypts an existing topic, the key must allow the role
     * of the state machine and {@code cloudwatch.amazonaws.com}. Default: a new, encrypted topic.
     */
    public abstract Optional<ITopic> notificationTopic();

    /** E-mail addresses that the topic notifies. Each must confirm its subscription. Default: none. */
    public abstract List<String> notificationEmails();

    /** The topic of the alarms. Default: {@link #notificationTopic}. */
    public abstract Optional<ITopic> alarmTopic();

    /** The event bus that receives every outcome, for programs. Default: the default bus of the account. */
    public abstract Optional<IEventBus> eventBus();

    /** The bus, in any account and region, to which a rule forwards every outcome. Default: none. */
    public abstract Optional<IEventBus> centralEventBus();

    /** The key, in the first bucket, of an HTML page about all databases; written every hour. Default: no page. */
    public abstract Optional<String> report();

    /**
     * How late a dump may be before an alarm: {@link #jobTimeout} to 15 days. Default: {@link #jobTimeout} and two
     * hours, so that a dump that is tried again after 15 and 60 minutes isn't overdue while it may still run.
     */
    @Value.Default
    public Duration freshnessMargin() {
        return jobTimeout().plus(PropsRules.DEFAULT_MARGIN);
    }

    /**
     * Creates endpoints for the services that a job calls, for subnets without NAT. {@link #vpc} must know the route
     * tables of the subnets. Default: false.
     */
    @Value.Default
    public boolean vpcEndpoints() {
        return false;
    }

    /** Whether {@link #vpcEndpoints} has one for RDS, which secrets that RDS manages need. Default: false. */
    @Value.Default
    public boolean rdsEndpoint() {
        return false;
    }

    /**
     * Whether everything in the VPC may use the endpoints of {@link #vpcEndpoints}, or only the jobs. The
     * endpoints have private DNS, so without this the rest of the VPC can't reach these services. Default: true.
     */
    @Value.Default
    public boolean vpcEndpointsOpen() {
        return true;
    }

    /**
     * The IPv4 blocks of the VPC, for {@link #vpcEndpointsOpen}. Default: all private ranges, and the VPC's own block
     * if the CDK makes the VPC.
     */
    public abstract List<String> vpcCidrs();

    /** The database users for IAM authentication, as ARNs {@code arn:aws:rds-db:…:dbuser:ID/USER}. Default: none. */
    public abstract List<String> iamDatabaseUsers();

    /** The ARN of the secret of a scratch server, for {@code autodump:verify} = {@code restore}. Default: none. */
    public abstract Optional<String> scratchSecretArn();

    /** The ARN of a role that jobs and functions assume to read secrets. Default: none. */
    public abstract Optional<String> sourceRoleArn();

    /** The ARN of a role that jobs assume to access the buckets, for example in another account. Default: none. */
    public abstract Optional<String> targetRoleArn();

    @Value.Check
    protected void check() {
        List<String> problems = new ArrayList<>();
        PropsRules rules = new PropsRules(problems);
        rules.scanInterval(scanInterval());
        rules.jobTimeout(jobTimeout());
        rules.freshnessMargin(freshnessMargin(), jobTimeout());
        expireAfter().ifPresent(rules::expireAfter);
        rules.maxConcurrentDumps(maxConcurrentDumps());
        startsPerSecond().ifPresent(rules::startsPerSecond);
        JobSize.parse(jobSize().vcpuText(), jobSize().memoryMiB(), problems);
        rules.spot(spot(), cpuArchitecture());
        boolean shaped =
                versioned() || objectLock().isPresent() || expireAfter().isPresent();
        rules.bucketShape(!buckets().isEmpty(), shaped);
        bucketOwner().ifPresent(given -> rules.bucketOwner(given, !buckets().isEmpty()));
        bucketRegion().ifPresent(given -> rules.bucketRegion(given, !buckets().isEmpty()));
        rules.centralEventBus(
                centralEventBus().map(IEventBus::getEventBusArn), eventBus().map(IEventBus::getEventBusArn));
        deployment().ifPresent(rules::deployment);
        report().ifPresent(rules::report);
        rules.rdsEndpoint(rdsEndpoint(), vpcEndpoints());
        rules.egress(egress(), securityGroup().isPresent());
        rules.vpcCidrs(vpcCidrs());
        rules.notificationEmails(notificationEmails());
        rules.iamDatabaseUsers(iamDatabaseUsers());
        scratchSecretArn().ifPresent(rules::scratchSecretArn);
        sourceRoleArn().ifPresent(given -> rules.role("sourceRoleArn", given));
        targetRoleArn().ifPresent(given -> rules.role("targetRoleArn", given));
        Inputs.throwIfAny(problems);
    }

    /** Returns a builder in which every property has its default. */
    public static Builder builder() {
        return ImmutableAutoDumpProps.builder();
    }

    /**
     * Builds {@link AutoDumpProps}. {@code vpc}, {@code image} and {@code functions} are required; everything else has
     * a default. If a value is set twice, the last one counts. No argument or element may be null. Not thread-safe.
     */
    public abstract static class Builder extends AutoDumpPropsSetters<AutoDumpProps.Builder> {
        Builder() {}

        /** Copies every value of other properties. Elements of lists are added to those that are set already. */
        public abstract Builder from(AutoDumpProps instance);

        /**
         * Builds the properties.
         *
         * @throws IllegalStateException if a required value is missing; the message names all that are missing
         * @throws IllegalArgumentException if values are out of range or contradict each other; the message names
         *     all problems
         */
        public abstract AutoDumpProps build();
    }
}
