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
 * How AutoDump is to be built. Needed are {@link #vpc}, {@link #image} and {@link #functions}; everything else has a
 * default. Durations are {@link java.time.Duration}s.
 *
 * <p>{@code build()} throws {@link IllegalArgumentException} that names all that is wrong at once.
 */
@Value.Immutable
@PropsStyle
public abstract class AutoDumpProps {
    static final String SHAPES_NO_BUCKET =
            "versioned, objectLock or expireAfter together with buckets; expected one or the"
                    + " other: they shape the bucket that is made where none is given";

    /** The network from which the databases can be reached; the jobs run in it. The functions need none. */
    public abstract IVpc vpc();

    /**
     * In which of its subnets: those with a way out, by default. At least two. Without NAT they need {@link #vpcEndpoints}
     * or endpoints of their own.
     */
    @Value.Default
    public SubnetSelection subnets() {
        return SubnetSelection.builder()
                .subnetType(SubnetType.PRIVATE_WITH_EGRESS)
                .build();
    }

    /** The dumper's image, built by {@code make image}: in a repository of ECR's for instance. */
    public abstract ContainerImage image();

    /** The functions' jar, {@code autodump-lambda-VERSION-function.jar}; see {@link FunctionJar}. */
    public abstract Code functions();

    /**
     * The buckets that dumps may be put into; the first is that of secrets which name none. None, which is the default,
     * makes a bucket: encrypted, private, kept when the stack is deleted.
     */
    public abstract List<IBucket> buckets();

    /**
     * The key that dumps are encrypted with. By default a new one with yearly rotation where {@link #buckets} is empty, and
     * otherwise the one that each bucket has as its default; those of other accounts' or imported buckets must be named here.
     */
    public abstract Optional<IKey> encryptionKey();

    /** The account that must own the buckets: 12 digits; the stack's by default. */
    public abstract Optional<String> bucketOwner();

    /** Keeps every version of an object in the bucket that is made; false by default. {@link #objectLock} implies it. */
    @Value.Default
    public boolean versioned() {
        return false;
    }

    /** Protects every dump in the bucket that is made from being deleted for so long; off by default. */
    public abstract Optional<ObjectLockRetention> objectLock();

    /** Deletes what is older from the bucket that is made: a last resort, whole days; keeps everything by default. */
    public abstract Optional<Duration> expireAfter();

    /** How often all secrets are looked at, 1 minute to 6 hours; 15 minutes by default. Events come on top. */
    @Value.Default
    public Duration scanInterval() {
        return Duration.ofMinutes(15);
    }

    /**
     * Keeps one of the account's concurrent executions for the scanner, so that there is at most one scan at a time; true
     * by default. False only for accounts whose quota of concurrent executions is too small to reserve any: two scans at a
     * time do no harm, and cost calls.
     */
    @Value.Default
    public boolean reservedScanner() {
        return true;
    }

    /** Executions that a scan starts per second, at most: 1 to 100,000; by default four fifths of AWS's own quota. */
    public abstract Optional<Integer> startsPerSecond();

    /** A job's size where the secret's tags say nothing; {@link JobSize#DEFAULT} by default. */
    @Value.Default
    public JobSize jobSize() {
        return JobSize.DEFAULT;
    }

    /** A job's time limit where the secret's tags say nothing, at least a minute; 4 hours by default. */
    @Value.Default
    public Duration jobTimeout() {
        return Duration.ofHours(4);
    }

    /** Jobs of the default size that run at a time, 1 to 1,000; others wait in the queue. 10 by default. */
    @Value.Default
    public int maxConcurrentDumps() {
        return 10;
    }

    /** What the image was built for; {@code ARM64} by default. */
    @Value.Default
    public CpuArchitecture cpuArchitecture() {
        return CpuArchitecture.ARM64;
    }

    /**
     * Runs the jobs on spare capacity, which AWS can take back at any time: the dump begins anew then, up to twice. False
     * by default. Needs {@code X86_64}: AWS Batch has no Fargate Spot for ARM.
     */
    @Value.Default
    public boolean spot() {
        return false;
    }

    /** How long logs are kept; 3 months by default. */
    @Value.Default
    public RetentionDays logRetention() {
        return RetentionDays.THREE_MONTHS;
    }

    /**
     * The topic that is told of failed dumps; by default a new, encrypted one. An existing one that is encrypted with a
     * customer's key must let the state machine's role and {@code cloudwatch.amazonaws.com} use that key.
     */
    public abstract Optional<ITopic> notificationTopic();

    /** Addresses that the topic writes to; each must confirm its subscription. None by default. */
    public abstract List<String> notificationEmails();

    /** The topic of the alarms; {@link #notificationTopic}, by default. */
    public abstract Optional<ITopic> alarmTopic();

    /** The bus that is told of every outcome, for programs; the account's default bus without it. */
    public abstract Optional<IEventBus> eventBus();

    /**
     * How late a dump may be before an alarm, at least a minute; an hour more than {@link #jobTimeout} by default, so that
     * no attempt which began in time is called overdue while it may still run.
     */
    @Value.Default
    public Duration freshnessMargin() {
        return jobTimeout().plusHours(1);
    }

    /**
     * Makes endpoints for the services that a job calls, in subnets that have no NAT; false by default. The subnets' route
     * tables must be known to {@link #vpc}.
     */
    @Value.Default
    public boolean vpcEndpoints() {
        return false;
    }

    /**
     * The database users that jobs may log in as with IAM authentication, as ARNs {@code
     * arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER}; none by default.
     */
    public abstract List<String> iamDatabaseUsers();

    /** The secret of a scratch server, for the tag {@code autodump:verify} = {@code restore}; none by default. */
    public abstract Optional<String> scratchSecretArn();

    /** The role to assume for the secrets, in another account perhaps; the actors' own by default. */
    public abstract Optional<String> sourceRoleArn();

    /** The role to assume for the buckets, in another account perhaps; the job's own by default. */
    public abstract Optional<String> targetRoleArn();

    @Value.Check
    protected void check() {
        List<String> problems = new ArrayList<>();
        between(problems, "scanInterval", scanInterval(), Duration.ofMinutes(1), Duration.ofHours(6));
        wholeMinutes(problems, "scanInterval", scanInterval());
        between(problems, "jobTimeout", jobTimeout(), Duration.ofMinutes(1), Duration.ofDays(14));
        between(problems, "freshnessMargin", freshnessMargin(), Duration.ofMinutes(1), Duration.ofDays(15));
        expireAfter().ifPresent(given -> wholeDays(problems, "expireAfter", given));
        between(problems, "maxConcurrentDumps", maxConcurrentDumps(), 1, 1000);
        startsPerSecond().ifPresent(given -> between(problems, "startsPerSecond", given, 1, 100_000));
        JobSize.parse(jobSize().vcpuText(), jobSize().memoryMiB(), problems);
        checkTogether(problems);
        Inputs.accounts(problems, "bucketOwner", bucketOwner());
        Inputs.emails(problems, "notificationEmails", notificationEmails());
        Inputs.databaseUsers(problems, "iamDatabaseUsers", iamDatabaseUsers());
        scratchSecretArn().ifPresent(given -> Inputs.secret(problems, "scratchSecretArn", given));
        sourceRoleArn().ifPresent(given -> Inputs.role(problems, "sourceRoleArn", given));
        targetRoleArn().ifPresent(given -> Inputs.role(problems, "targetRoleArn", given));
        Inputs.throwIfAny(problems);
    }

    private void checkTogether(List<String> problems) {
        if (spot() && cpuArchitecture() != CpuArchitecture.X86_64) {
            problems.add(
                    "spot with " + cpuArchitecture() + "; expected X86_64: AWS Batch has no Fargate Spot for ARM, and"
                            + " such a queue would be blocked");
        }
        boolean shapesBucket =
                versioned() || objectLock().isPresent() || expireAfter().isPresent();
        if (!buckets().isEmpty() && shapesBucket) {
            problems.add(SHAPES_NO_BUCKET);
        }
    }

    private static void between(List<String> problems, String name, Duration given, Duration least, Duration most) {
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            problems.add(name + " " + given + "; expected " + least + " to " + most);
        }
    }

    private static void between(List<String> problems, String name, int given, int least, int most) {
        if (given < least || given > most) {
            problems.add(name + " " + given + "; expected " + least + " to " + most);
        }
    }

    private static void wholeMinutes(List<String> problems, String name, Duration given) {
        if (given.toSeconds() % 60 != 0) {
            problems.add(name + " " + given + "; expected whole minutes");
        }
    }

    private static void wholeDays(List<String> problems, String name, Duration given) {
        if (given.compareTo(Duration.ofDays(1)) < 0 || given.toSeconds() % 86_400 != 0) {
            problems.add(name + " " + given + "; expected whole days, one at least");
        }
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Not thread-safe. */
    public static final class Builder extends ImmutableAutoDumpProps.Builder {
        Builder() {}
    }
}
