package io.autodump.infra;

import io.autodump.infra.input.Inputs;
import java.time.Duration;
import java.util.List;
import software.amazon.awscdk.services.ecs.CpuArchitecture;

/** The limits of {@link AutoDumpProps}, which also apply to settings. Each rule adds a problem if it is broken. */
public final class PropsRules {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> problems;

    public PropsRules(List<String> problems) {
        this.problems = problems;
    }

    public void scanInterval(Duration given) {
        between("scanInterval", given, MINUTE, Duration.ofHours(6));
        if (given.toSeconds() % 60 != 0) {
            problems.add("scanInterval " + given + "; expected whole minutes");
        }
    }

    public void jobTimeout(Duration given) {
        between("jobTimeout", given, MINUTE, Duration.ofDays(14));
    }

    public void freshnessMargin(Duration given) {
        between("freshnessMargin", given, MINUTE, Duration.ofDays(15));
    }

    public void expireAfter(Duration given) {
        if (given.compareTo(Duration.ofDays(1)) < 0 || given.toSeconds() % 86_400 != 0) {
            problems.add("expireAfter " + given + "; expected whole days, at least one");
        }
    }

    public void maxConcurrentDumps(int given) {
        between("maxConcurrentDumps", given, 1, 1000);
    }

    public void startsPerSecond(int given) {
        between("startsPerSecond", given, 1, 100_000);
    }

    public void spot(boolean spot, CpuArchitecture architecture) {
        if (spot && architecture != CpuArchitecture.X86_64) {
            problems.add("spot with " + architecture + "; expected X86_64: AWS Batch has no Fargate Spot for ARM, and"
                    + " such a queue would be blocked");
        }
    }

    /** Versions, Object Lock and expiry are properties of the bucket that the construct makes. */
    public void bucketShape(boolean hasBuckets, boolean shapesBucket) {
        if (hasBuckets && shapesBucket) {
            problems.add("versioned, objectLock or expireAfter together with buckets; expected one or the other: they"
                    + " shape the bucket that is made if buckets is empty");
        }
    }

    public void bucketOwner(String given) {
        Inputs.require(problems, "bucketOwner", given, Inputs.ACCOUNT, "an account, 12 digits");
    }

    public void notificationEmails(List<String> given) {
        Inputs.emails(problems, "notificationEmails", given);
    }

    public void iamDatabaseUsers(List<String> given) {
        Inputs.databaseUsers(problems, "iamDatabaseUsers", given);
    }

    public void scratchSecretArn(String given) {
        Inputs.secret(problems, "scratchSecretArn", given);
    }

    public void role(String name, String given) {
        Inputs.role(problems, name, given);
    }

    private void between(String name, Duration given, Duration least, Duration most) {
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            problems.add(name + " " + given + "; expected " + least + " to " + most);
        }
    }

    private void between(String name, int given, int least, int most) {
        if (given < least || given > most) {
            problems.add(name + " " + given + "; expected " + least + " to " + most);
        }
    }
}
