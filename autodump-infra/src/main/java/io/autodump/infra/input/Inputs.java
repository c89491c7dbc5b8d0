package io.autodump.infra.input;

import io.autodump.core.contract.BucketName;
import io.autodump.core.contract.SecretArn;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/** The syntax of inputs. Problems are collected, so that one error names all of them. */
public final class Inputs {
    private static final String REGION = "[a-z]{2}(?:-[a-z]+)+-\\d";
    /** Group 1 is the region. A local zone has its own name in the middle: {@code us-west-2-lax-1a}. */
    public static final Pattern ZONE_PARTS = Pattern.compile("(" + REGION + ")(?:-[a-z]{3}-\\d)?[a-z]");

    public static final Predicate<String> ZONE = ZONE_PARTS.asMatchPredicate();
    public static final Predicate<String> ACCOUNT = syntax("\\d{12}");
    public static final Predicate<String> REGION_NAME = syntax(REGION);
    public static final Predicate<String> VPC = syntax("vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    public static final Predicate<String> SUBNET = syntax("subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    public static final Predicate<String> ROUTE_TABLE = syntax("rtb-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    public static final Predicate<String> SECURITY_GROUP = syntax("sg-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    /** An IPv4 block. The bits behind the mask aren't checked; EC2 ignores them. */
    public static final Predicate<String> CIDR =
            syntax("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!/)|(?=/))){4}/(?:3[0-2]|[12]?\\d)");

    public static final Predicate<String> EVENT_BUS =
            syntax("arn:aws[a-z-]*:events:" + REGION + ":\\d{12}:event-bus/[\\w./-]{1,256}");
    /** The key of an HTML page. */
    public static final Predicate<String> PAGE = syntax("[A-Za-z0-9][\\w.-]*(?:/[\\w.-]+)*\\.html");

    public static final Predicate<String> BUCKET = BucketName::isValid;
    public static final Predicate<String> KEY =
            syntax("arn:aws[a-z-]*:kms:" + REGION + ":\\d{12}:key/(?:mrk-[0-9a-f]{32}|[0-9a-f-]{36})");
    public static final Predicate<String> TOPIC =
            syntax("arn:aws[a-z-]*:sns:" + REGION + ":\\d{12}:[A-Za-z0-9_-]{1,256}");
    private static final Predicate<String> ROLE = syntax("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    /** No wildcard: each permission is for one user of one database. */
    private static final Predicate<String> DATABASE_USER =
            syntax("arn:aws[a-z-]*:rds-db:" + REGION + ":\\d{12}:dbuser:(?:db|cluster|prx)-[A-Za-z0-9]+/[^*?/\\s]+");

    private static final Predicate<String> EMAIL = syntax("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private static final int REGION_OF_AN_ARN = 3;

    private Inputs() {}

    /**
     * Adds a problem if the input has another syntax. The id of something that another stack makes is unknown
     * and passes.
     */
    public static void require(
            List<String> problems, String name, String given, Predicate<String> syntax, String expected) {
        if (!Boolean.TRUE.equals(Token.isUnresolved(given)) && !syntax.test(given)) {
            problems.add(name + " \"" + given + "\"; expected " + expected);
        }
    }

    public static void emails(List<String> problems, String name, List<String> given) {
        given.forEach(address -> require(problems, name, address, EMAIL, "an e-mail address"));
    }

    public static void databaseUsers(List<String> problems, String name, List<String> given) {
        given.forEach(user -> require(
                problems,
                name,
                user,
                DATABASE_USER,
                "arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER with a resource id such as db-ABC… or"
                        + " cluster-ABC…"));
    }

    public static void secret(List<String> problems, String name, String given) {
        require(
                problems,
                name,
                given,
                Inputs::isWholeSecretArn,
                "the whole ARN of a secret, with the six characters at its end");
    }

    public static void role(List<String> problems, String name, String given) {
        require(problems, name, given, ROLE, "the ARN of a role");
    }

    /** Adds a problem if an ARN names another region than the deployment's. A region that isn't known passes. */
    public static void sameRegion(List<String> problems, String name, String arn, String region) {
        String[] parts = arn.split(":", -1);
        boolean known =
                !Boolean.TRUE.equals(Token.isUnresolved(arn)) && !Boolean.TRUE.equals(Token.isUnresolved(region));
        if (known && parts.length > REGION_OF_AN_ARN && !parts[REGION_OF_AN_ARN].equals(region)) {
            problems.add(name + " \"" + arn + "\" is in " + parts[REGION_OF_AN_ARN] + "; expected one in " + region
                    + ", where the stack is");
        }
    }

    public static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static boolean isWholeSecretArn(String text) {
        return SecretArn.parse(text).filter(SecretArn::isComplete).isPresent();
    }

    private static Predicate<String> syntax(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
