package io.autodump.infra.input;

import io.autodump.core.contract.DeploymentName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.services.ecs.CpuArchitecture;

/** The limits of the construct's props, which also apply to settings. Each rule adds a problem if it is broken. */
public final class PropsRules {
    /**
     * How much longer than a job's limit a dump may take by default: the waits before its second and third attempt are
     * an hour and a quarter.
     */
    public static final Duration DEFAULT_MARGIN = Duration.ofHours(2);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> problems;

    public PropsRules(List<String> problems) {
        this.problems = problems;
    }

    /** A rule that forwards the events of a bus to the same bus would find them again. */
    public void centralEventBus(Optional<String> given, Optional<String> eventBus) {
        if (given.isPresent() && given.equals(eventBus)) {
            problems.add("centralEventBus and eventBus are the same; expected only eventBus: the jobs send to it");
        }
    }

    public void report(String given) {
        Inputs.require(problems, "report", given, Inputs.PAGE, "a key that ends in .html, such as autodump.html");
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

    /** A dump may take as long as its limit. With a shorter margin, every long dump would be an alarm. */
    public void freshnessMargin(Duration given, Duration jobTimeout) {
        between("freshnessMargin", given, MINUTE, Duration.ofDays(15));
        if (given.compareTo(jobTimeout) < 0) {
            problems.add("freshnessMargin " + given + " is shorter than jobTimeout " + jobTimeout
                    + "; expected at least as much: a dump that still runs would be overdue");
        }
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

    public void bucketOwner(String given, boolean hasBuckets) {
        Inputs.require(problems, "bucketOwner", given, Inputs.ACCOUNT, "an account, 12 digits");
        if (!hasBuckets) {
            problems.add(
                    "bucketOwner " + given + " without buckets; expected buckets that exist, or no bucketOwner: the"
                            + " bucket that is made belongs to the account of the stack");
        }
    }

    public void bucketRegion(String given, boolean hasBuckets) {
        Inputs.require(problems, "bucketRegion", given, Inputs.REGION_NAME, "a region such as eu-central-1");
        if (!hasBuckets) {
            problems.add("bucketRegion " + given + " without buckets; expected buckets that exist, or no bucketRegion:"
                    + " the bucket that is made is in the region of the stack");
        }
    }

    public void deployment(String given) {
        try {
            DeploymentName.parse(given);
        } catch (IllegalArgumentException wrong) {
            problems.add("deployment: " + wrong.getMessage());
        }
    }

    public void rdsEndpoint(boolean given, boolean endpoints) {
        if (given && !endpoints) {
            problems.add("rdsEndpoint without vpcEndpoints; expected both, or neither: a subnet with NAT reaches RDS");
        }
    }

    public void objectLock(boolean mode, boolean days) {
        if (mode && !days) {
            problems.add("objectLockMode without objectLockDays; expected both: without days there is no lock");
        }
    }

    public void egress(List<String> given, boolean ownGroup) {
        given.stream()
                .filter(rule -> EgressRule.parse(rule).isEmpty())
                .forEach(rule -> problems.add(
                        "egress \"" + rule + "\"; expected an IPv4 block and a port, such as 10.0.0.0/8:5432"));
        if (ownGroup && !given.isEmpty()) {
            problems.add(
                    "egress together with securityGroup; expected one or the other: egress shapes the group that is"
                            + " made if securityGroup is empty");
        }
    }

    public void vpcCidrs(List<String> given) {
        given.forEach(
                block -> Inputs.require(problems, "vpcCidrs", block, Inputs.CIDR, "IPv4 blocks such as 10.0.0.0/16"));
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
