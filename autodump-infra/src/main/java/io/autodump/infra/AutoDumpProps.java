package io.autodump.infra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;
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
    static final CpuArchitecture DEFAULT_ARCHITECTURE = CpuArchitecture.ARM64;

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

    /**
     * Limits the executions that a scan starts per second: 1 to 100,000. Default: four fifths of the default quota
     * of AWS.
     */
    public abstract Optional<Integer> startsPerSecond();

    /** The size of a job. The secret's tags override it. Default: {@link JobSize#DEFAULT}. */
    @Value.Default
    public JobSize jobSize() {
        return JobSize.DEFAULT;
    }

    /** The time limit of a job: 1 minute to 14 days. The secret's tags override it. Default: 4 hours. */
    @Value.Default
    public Duration jobTimeout() {
        return Duration.ofHours(4);
    }

    /**
     * Limits the jobs of the default size that run at a time: 1 to 1,000. Further jobs wait in the queue. Default: 10.
     */
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

    /**
     * How late a dump may be before an alarm: 1 minute to 15 days. Default: {@link #jobTimeout} and one hour, so that a
     * dump that started on time isn't overdue while it may still run.
     */
    @Value.Default
    public Duration freshnessMargin() {
        return jobTimeout().plusHours(1);
    }

    /**
     * Creates endpoints for the services that a job calls, for subnets without NAT. {@link #vpc} must know the route
     * tables of the subnets. Default: false.
     */
    @Value.Default
    public boolean vpcEndpoints() {
        return false;
    }

    /**
     * The database users that jobs may use with IAM authentication, as ARNs {@code
     * arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER}. Default: none.
     */
    public abstract List<String> iamDatabaseUsers();

    /**
     * The ARN of the secret of a scratch server, for the tag {@code autodump:verify} = {@code restore}. Default: none.
     */
    public abstract Optional<String> scratchSecretArn();

    /**
     * The ARN of a role that jobs and functions assume to read secrets, for example in another account. Default: none.
     */
    public abstract Optional<String> sourceRoleArn();

    /** The ARN of a role that jobs assume to access the buckets, for example in another account. Default: none. */
    public abstract Optional<String> targetRoleArn();

    @Value.Check
    protected void check() {
        List<String> problems = new ArrayList<>();
        PropsRules rules = new PropsRules(problems);
        rules.scanInterval(scanInterval());
        rules.jobTimeout(jobTimeout());
        rules.freshnessMargin(freshnessMargin());
        expireAfter().ifPresent(rules::expireAfter);
        rules.maxConcurrentDumps(maxConcurrentDumps());
        startsPerSecond().ifPresent(rules::startsPerSecond);
        JobSize.parse(jobSize().vcpuText(), jobSize().memoryMiB(), problems);
        rules.spot(spot(), cpuArchitecture());
        rules.bucketShape(
                !buckets().isEmpty(),
                versioned() || objectLock().isPresent() || expireAfter().isPresent());
        bucketOwner().ifPresent(rules::bucketOwner);
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
    public abstract static class Builder {
        Builder() {}

        /** Copies every value of other properties. Elements of lists are added to those that are set already. */
        public abstract Builder from(AutoDumpProps instance);

        /** The network in which the jobs run. It must reach the databases. Required. */
        public abstract Builder vpc(IVpc vpc);

        /**
         * The subnets of the VPC for the jobs, at least two. Default: private subnets with egress. Subnets without
         * NAT need {@link #vpcEndpoints} or endpoints of their own.
         */
        public abstract Builder subnets(SubnetSelection subnets);

        /** The dumper's image, which {@code make image} builds. Required. */
        public abstract Builder image(ContainerImage image);

        /** The functions' jar, {@code autodump-lambda-VERSION-function.jar}; see {@link FunctionJar}. Required. */
        public abstract Builder functions(Code functions);

        /** Adds a bucket that dumps may be put into. */
        public abstract Builder addBuckets(IBucket element);

        /** Adds buckets that dumps may be put into. */
        public abstract Builder addBuckets(IBucket... elements);

        /**
         * Replaces the buckets that dumps may be put into. The first is for secrets that name none. Default: none,
         * the construct creates a bucket that is encrypted, private and kept when the stack is deleted.
         */
        public abstract Builder buckets(Iterable<? extends IBucket> elements);

        /** Adds buckets that dumps may be put into. */
        public abstract Builder addAllBuckets(Iterable<? extends IBucket> elements);

        /**
         * The KMS key that encrypts the dumps. Default: a new key with yearly rotation if the construct creates the
         * bucket, the default key of each bucket otherwise. The keys of imported buckets must be named here.
         */
        public abstract Builder encryptionKey(IKey encryptionKey);

        /** The KMS key that encrypts the dumps; empty for the default. */
        public abstract Builder encryptionKey(Optional<? extends IKey> encryptionKey);

        /** The account that must own the buckets: 12 digits. Default: the stack's account. */
        public abstract Builder bucketOwner(String bucketOwner);

        /** The account that must own the buckets: 12 digits; empty, the default, for the stack's account. */
        public abstract Builder bucketOwner(Optional<String> bucketOwner);

        /**
         * Keeps every version of an object in the bucket that the construct creates. Default: false. {@link
         * #objectLock(ObjectLockRetention)} implies it. Not together with {@code buckets}.
         */
        public abstract Builder versioned(boolean versioned);

        /**
         * Protects every dump in the bucket that the construct creates from deletion for this long. Default: off. Not
         * together with {@code buckets}.
         */
        public abstract Builder objectLock(ObjectLockRetention objectLock);

        /**
         * Protects every dump in the bucket that the construct creates from deletion; empty, the default, for off.
         */
        public abstract Builder objectLock(Optional<? extends ObjectLockRetention> objectLock);

        /**
         * Deletes objects older than this from the bucket that the construct creates. Whole days, at least one.
         * Default: keeps everything. Not together with {@code buckets}.
         */
        public abstract Builder expireAfter(Duration expireAfter);

        /**
         * Deletes objects older than this from the bucket that the construct creates; empty, the default,
         * keeps everything.
         */
        public abstract Builder expireAfter(Optional<? extends Duration> expireAfter);

        /**
         * How often all secrets are scanned: whole minutes, 1 minute to 6 hours. Default: 15 minutes. Changes of tags
         * trigger a scan of the one secret at once.
         */
        public abstract Builder scanInterval(Duration scanInterval);

        /**
         * Reserves one of the account's concurrent executions for the scanner, so that at most one scan runs at a
         * time. Default: true. Set it to false only if the account's quota is too small to reserve any.
         */
        public abstract Builder reservedScanner(boolean reservedScanner);

        /**
         * The most executions that a scan starts per second, 1 to 100,000. Default: four fifths of AWS's own quota.
         */
        public abstract Builder startsPerSecond(int startsPerSecond);

        /** The most executions that a scan starts per second, 1 to 100,000; empty for the default. */
        public abstract Builder startsPerSecond(Optional<Integer> startsPerSecond);

        /** A job's CPU and memory if the secret's tags don't set them. Default: {@link JobSize#DEFAULT}. */
        public abstract Builder jobSize(JobSize jobSize);

        /** A job's time limit if the secret's tags don't set one: 1 minute to 14 days. Default: 4 hours. */
        public abstract Builder jobTimeout(Duration jobTimeout);

        /**
         * The number of jobs of the default size that run at a time, 1 to 1,000. Others wait in the queue. Default: 10.
         */
        public abstract Builder maxConcurrentDumps(int maxConcurrentDumps);

        /** The architecture that the image was built for. Default: {@code ARM64}. */
        public abstract Builder cpuArchitecture(CpuArchitecture cpuArchitecture);

        /**
         * Runs the jobs on Fargate Spot. AWS can stop such a job at any time; the dump then starts again, up to
         * twice. Default: false. Needs {@code X86_64}, because AWS Batch has no Fargate Spot for ARM.
         */
        public abstract Builder spot(boolean spot);

        /** How long logs are kept. Default: 3 months. */
        public abstract Builder logRetention(RetentionDays logRetention);

        /**
         * The SNS topic that receives failed dumps. Default: a new, encrypted topic. If an existing topic is
         * encrypted with a customer's key, the state machine's role and {@code cloudwatch.amazonaws.com} must be
         * allowed to use the key.
         */
        public abstract Builder notificationTopic(ITopic notificationTopic);

        /** The SNS topic that receives failed dumps; empty, the default, for a new one. */
        public abstract Builder notificationTopic(Optional<? extends ITopic> notificationTopic);

        /** Adds an e-mail address that the topic writes to. */
        public abstract Builder addNotificationEmails(String element);

        /** Adds e-mail addresses that the topic writes to. */
        public abstract Builder addNotificationEmails(String... elements);

        /**
         * Replaces the e-mail addresses that the topic writes to. Each must confirm its subscription. Default: none.
         */
        public abstract Builder notificationEmails(Iterable<String> elements);

        /** Adds e-mail addresses that the topic writes to. */
        public abstract Builder addAllNotificationEmails(Iterable<String> elements);

        /** The SNS topic of the alarms. Default: the notification topic. */
        public abstract Builder alarmTopic(ITopic alarmTopic);

        /** The SNS topic of the alarms; empty, the default, for the notification topic. */
        public abstract Builder alarmTopic(Optional<? extends ITopic> alarmTopic);

        /** The EventBridge bus that receives every outcome. Default: the account's default bus. */
        public abstract Builder eventBus(IEventBus eventBus);

        /** The EventBridge bus that receives every outcome; empty, the default, for the account's default bus. */
        public abstract Builder eventBus(Optional<? extends IEventBus> eventBus);

        /**
         * How late a dump may be before an alarm: 1 minute to 15 days. Default: an hour more than {@code jobTimeout},
         * so that a dump that may still be running isn't overdue.
         */
        public abstract Builder freshnessMargin(Duration freshnessMargin);

        /**
         * Creates endpoints for the services that a job calls, for subnets without NAT. The VPC must know the
         * subnets' route tables. Default: false.
         */
        public abstract Builder vpcEndpoints(boolean vpcEndpoints);

        /** Adds a database user that jobs may log in as with IAM authentication. */
        public abstract Builder addIamDatabaseUsers(String element);

        /** Adds database users that jobs may log in as with IAM authentication. */
        public abstract Builder addIamDatabaseUsers(String... elements);

        /**
         * Replaces the database users that jobs may log in as with IAM authentication, as ARNs {@code
         * arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER}. Default: none.
         */
        public abstract Builder iamDatabaseUsers(Iterable<String> elements);

        /** Adds database users that jobs may log in as with IAM authentication. */
        public abstract Builder addAllIamDatabaseUsers(Iterable<String> elements);

        /**
         * The ARN of the secret of a scratch server, for {@code autodump:verify} = {@code restore}. Default: none.
         */
        public abstract Builder scratchSecretArn(String scratchSecretArn);

        /** The ARN of the secret of a scratch server; empty, the default, for none. */
        public abstract Builder scratchSecretArn(Optional<String> scratchSecretArn);

        /** The ARN of a role to assume for the secrets. Default: none, jobs and functions use their own roles. */
        public abstract Builder sourceRoleArn(String sourceRoleArn);

        /** The ARN of a role to assume for the secrets; empty, the default, for none. */
        public abstract Builder sourceRoleArn(Optional<String> sourceRoleArn);

        /** The ARN of a role to assume for the buckets. Default: none, jobs use their own role. */
        public abstract Builder targetRoleArn(String targetRoleArn);

        /** The ARN of a role to assume for the buckets; empty, the default, for none. */
        public abstract Builder targetRoleArn(Optional<String> targetRoleArn);

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
