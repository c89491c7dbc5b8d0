package io.autodump.infra;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
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
 * The setters of {@link AutoDumpProps.Builder}, which documents them as its own.
 *
 * @param <B> the builder
 */
abstract class AutoDumpPropsSetters<B> {
    AutoDumpPropsSetters() {}

    /** The network in which the jobs run. It must reach the databases. Required. */
    public abstract B vpc(IVpc vpc);

    /** The subnets for the jobs, at least two; without NAT they need endpoints. Default: private ones with egress. */
    public abstract B subnets(SubnetSelection subnets);

    /** The dumper's image, which {@code make image} builds. Required. */
    public abstract B image(ContainerImage image);

    /** The functions' jar, {@code autodump-lambda-VERSION-function.jar}; see {@link FunctionJar}. Required. */
    public abstract B functions(Code functions);

    /** Adds a bucket that dumps may be put into. */
    public abstract B addBuckets(IBucket element);

    /** Adds buckets that dumps may be put into. */
    public abstract B addBuckets(IBucket... elements);

    /**
     * Replaces the buckets that dumps may be put into. The first is for secrets that name none. Default: none,
     * the construct creates a bucket that is encrypted, private and kept when the stack is deleted.
     */
    public abstract B buckets(Iterable<? extends IBucket> elements);

    /** Adds buckets that dumps may be put into. */
    public abstract B addAllBuckets(Iterable<? extends IBucket> elements);

    /**
     * The KMS key that encrypts the dumps. Default: a new key with yearly rotation if the construct creates the
     * bucket, the default key of each bucket otherwise. The keys of imported buckets must be named here.
     */
    public abstract B encryptionKey(IKey encryptionKey);

    /** The KMS key that encrypts the dumps; empty for the default. */
    public abstract B encryptionKey(Optional<? extends IKey> encryptionKey);

    /** The region of the existing buckets. Default: the stack's. */
    public abstract B bucketRegion(String bucketRegion);

    /** The region of the existing buckets; empty, the default, for the stack's. */
    public abstract B bucketRegion(Optional<String> bucketRegion);

    /** The account that must own the buckets: 12 digits. Default: the stack's account. */
    public abstract B bucketOwner(String bucketOwner);

    /** The account that must own the buckets: 12 digits; empty, the default, for the stack's account. */
    public abstract B bucketOwner(Optional<String> bucketOwner);

    /**
     * Keeps every version of an object in the bucket that the construct creates. Default: false. {@link
     * #objectLock(ObjectLockRetention)} implies it. Not together with {@code buckets}.
     */
    public abstract B versioned(boolean versioned);

    /**
     * Protects every dump in the bucket that the construct creates from deletion for this long. Default: off. Not
     * together with {@code buckets}.
     */
    public abstract B objectLock(ObjectLockRetention objectLock);

    /**
     * Protects every dump in the bucket that the construct creates from deletion; empty, the default, for off.
     */
    public abstract B objectLock(Optional<? extends ObjectLockRetention> objectLock);

    /**
     * Deletes objects older than this from the bucket that the construct creates. Whole days, at least one.
     * Default: keeps everything. Not together with {@code buckets}.
     */
    public abstract B expireAfter(Duration expireAfter);

    /**
     * Deletes objects older than this from the bucket that the construct creates; empty, the default,
     * keeps everything.
     */
    public abstract B expireAfter(Optional<? extends Duration> expireAfter);

    /**
     * How often all secrets are scanned: whole minutes, 1 minute to 6 hours. Default: 15 minutes. Changes of tags
     * trigger a scan of the one secret at once.
     */
    public abstract B scanInterval(Duration scanInterval);

    /**
     * Reserves one of the account's concurrent executions for the scanner, so that at most one scan runs at a
     * time. Default: true. Set it to false only if the account's quota is too small to reserve any.
     */
    public abstract B reservedScanner(boolean reservedScanner);

    /**
     * The most executions that a scan starts per second, 1 to 100,000. Default: four fifths of AWS's own quota.
     */
    public abstract B startsPerSecond(int startsPerSecond);

    /** The most executions that a scan starts per second, 1 to 100,000; empty for the default. */
    public abstract B startsPerSecond(Optional<Integer> startsPerSecond);

    /** A job's CPU and memory if the secret's tags don't set them. Default: {@link JobSize#DEFAULT}. */
    public abstract B jobSize(JobSize jobSize);

    /** A job's time limit if the secret's tags don't set one: 1 minute to 14 days. Default: 4 hours. */
    public abstract B jobTimeout(Duration jobTimeout);

    /**
     * The number of jobs of the default size that run at a time, 1 to 1,000. Others wait in the queue. Default: 10.
     */
    public abstract B maxConcurrentDumps(int maxConcurrentDumps);

    /** The architecture that the image was built for. Default: {@code ARM64}. */
    public abstract B cpuArchitecture(CpuArchitecture cpuArchitecture);

    /**
     * Runs the jobs on Fargate Spot. AWS can stop such a job at any time; the dump then starts again, up to
     * twice. Default: false. Needs {@code X86_64}, because AWS Batch has no Fargate Spot for ARM.
     */
    public abstract B spot(boolean spot);

    /** The deployment's name, for {@code autodump:deployment}. Default: none, for the secrets without that tag. */
    public abstract B deployment(String deployment);

    /** The deployment's name; empty, the default, for none. */
    public abstract B deployment(Optional<String> deployment);

    /** Whether each secret has metrics of its own, about 1.50 USD a month. Default: true. */
    public abstract B secretMetrics(boolean secretMetrics);

    /** The security group of the jobs, for example one that the databases allow already. Default: a new one. */
    public abstract B securityGroup(ISecurityGroup securityGroup);

    /** The security group of the jobs; empty, the default, for a new one. */
    public abstract B securityGroup(Optional<? extends ISecurityGroup> securityGroup);

    /** Adds one {@code BLOCK:PORT} that the jobs may connect to. */
    public abstract B addEgress(String element);

    /** Adds several {@code BLOCK:PORT} that the jobs may connect to. */
    public abstract B addEgress(String... elements);

    /**
     * Replaces what the jobs may connect to, as {@code BLOCK:PORT} with an IPv4 block and a TCP port: the
     * databases, and port 443 of AWS's services. Default: none, everything is allowed. Not together
     * with {@code securityGroup}.
     */
    public abstract B egress(Iterable<String> elements);

    /** Adds several {@code BLOCK:PORT} that the jobs may connect to. */
    public abstract B addAllEgress(Iterable<String> elements);

    /**
     * The KMS key of all log groups. Its policy must let the service principal {@code logs.REGION.amazonaws.com}
     * use it. Default: CloudWatch Logs' own key.
     */
    public abstract B logKey(IKey logKey);

    /** The KMS key of all log groups; empty, the default, for CloudWatch Logs' own key. */
    public abstract B logKey(Optional<? extends IKey> logKey);

    /** How long logs are kept. Default: 3 months. */
    public abstract B logRetention(RetentionDays logRetention);

    /**
     * The SNS topic that receives failed dumps. Default: a new, encrypted topic. If an existing topic is
     * encrypted with a customer's key, the state machine's role and {@code cloudwatch.amazonaws.com} must be
     * allowed to use the key.
     */
    public abstract B notificationTopic(ITopic notificationTopic);

    /** The SNS topic that receives failed dumps; empty, the default, for a new one. */
    public abstract B notificationTopic(Optional<? extends ITopic> notificationTopic);

    /** Adds an e-mail address that the topic writes to. */
    public abstract B addNotificationEmails(String element);

    /** Adds e-mail addresses that the topic writes to. */
    public abstract B addNotificationEmails(String... elements);

    /** Replaces the e-mail addresses that the topic writes to. Each must confirm its subscription. Default: none. */
    public abstract B notificationEmails(Iterable<String> elements);

    /** Adds e-mail addresses that the topic writes to. */
    public abstract B addAllNotificationEmails(Iterable<String> elements);

    /** The SNS topic of the alarms. Default: the notification topic. */
    public abstract B alarmTopic(ITopic alarmTopic);

    /** The SNS topic of the alarms; empty, the default, for the notification topic. */
    public abstract B alarmTopic(Optional<? extends ITopic> alarmTopic);

    /** The EventBridge bus that receives every outcome. Default: the account's default bus. */
    public abstract B eventBus(IEventBus eventBus);

    /** The EventBridge bus that receives every outcome; empty, the default, for the account's default bus. */
    public abstract B eventBus(Optional<? extends IEventBus> eventBus);

    /** The bus, in any account and region, to which a rule forwards every outcome. Default: none. */
    public abstract B centralEventBus(IEventBus centralEventBus);

    /** The bus to which a rule forwards every outcome; empty, the default, for none. */
    public abstract B centralEventBus(Optional<? extends IEventBus> centralEventBus);

    /** The key, in the first bucket, of an HTML page about all databases; ends in {@code .html}. Default: no page. */
    public abstract B report(String report);

    /** The key of an HTML page about all databases; empty, the default, for no page. */
    public abstract B report(Optional<String> report);

    /**
     * How late a dump may be before an alarm: {@code jobTimeout} to 15 days. Default: two hours more than {@code
     * jobTimeout}, so that a dump that is tried again isn't overdue while it may still be running.
     */
    public abstract B freshnessMargin(Duration freshnessMargin);

    /** Creates endpoints for subnets without NAT. The VPC must know the subnets' route tables. Default: false. */
    public abstract B vpcEndpoints(boolean vpcEndpoints);

    /** Whether {@code vpcEndpoints} has one for RDS, which secrets that RDS manages need. Default: false. */
    public abstract B rdsEndpoint(boolean rdsEndpoint);

    /**
     * Whether the whole VPC may use the endpoints of {@code vpcEndpoints}. Default: true. False leaves them to the
     * jobs, and cuts everything else in the VPC off from these services, because the endpoints have private DNS.
     */
    public abstract B vpcEndpointsOpen(boolean vpcEndpointsOpen);

    /** Adds an IPv4 block of the VPC. */
    public abstract B addVpcCidrs(String element);

    /** Adds IPv4 blocks of the VPC. */
    public abstract B addVpcCidrs(String... elements);

    /**
     * Replaces the IPv4 blocks of the VPC that may use the endpoints. Default: none, which stands for all private
     * ranges, and the VPC's own block if the CDK makes the VPC.
     */
    public abstract B vpcCidrs(Iterable<String> elements);

    /** Adds IPv4 blocks of the VPC. */
    public abstract B addAllVpcCidrs(Iterable<String> elements);

    /** Adds a database user that jobs may log in as with IAM authentication. */
    public abstract B addIamDatabaseUsers(String element);

    /** Adds database users that jobs may log in as with IAM authentication. */
    public abstract B addIamDatabaseUsers(String... elements);

    /**
     * Replaces the database users that jobs may log in as with IAM authentication, as ARNs {@code
     * arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER}. Default: none.
     */
    public abstract B iamDatabaseUsers(Iterable<String> elements);

    /** Adds database users that jobs may log in as with IAM authentication. */
    public abstract B addAllIamDatabaseUsers(Iterable<String> elements);

    /** The ARN of the secret of a scratch server, for {@code autodump:verify} = {@code restore}. Default: none. */
    public abstract B scratchSecretArn(String scratchSecretArn);

    /** The ARN of the secret of a scratch server; empty, the default, for none. */
    public abstract B scratchSecretArn(Optional<String> scratchSecretArn);

    /** The ARN of a role to assume for the secrets. Default: none, jobs and functions use their own roles. */
    public abstract B sourceRoleArn(String sourceRoleArn);

    /** The ARN of a role to assume for the secrets; empty, the default, for none. */
    public abstract B sourceRoleArn(Optional<String> sourceRoleArn);

    /** The ARN of a role to assume for the buckets. Default: none, jobs use their own role. */
    public abstract B targetRoleArn(String targetRoleArn);

    /** The ARN of a role to assume for the buckets; empty, the default, for none. */
    public abstract B targetRoleArn(Optional<String> targetRoleArn);
}
