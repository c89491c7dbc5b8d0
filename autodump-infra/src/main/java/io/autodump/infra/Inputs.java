package io.autodump.infra;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/** What an input must look like. Problems are gathered, so that all are told at once. */
final class Inputs {
    private static final String REGION = "[a-z]{2}(?:-[a-z]+)+-\\d";
    static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    static final Pattern REGION_NAME = Pattern.compile(REGION);
    /** A local zone has a name of its own between: {@code us-west-2-lax-1a}. */
    static final Pattern ZONE = Pattern.compile("(" + REGION + ")(?:-[a-z]{3}-\\d)?[a-z]");

    static final Pattern VPC = Pattern.compile("vpc-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    static final Pattern SUBNET = Pattern.compile("subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    static final Pattern ROUTE_TABLE = Pattern.compile("rtb-(?:[0-9a-f]{8}|[0-9a-f]{17})");
    /** S3's rules for general purpose buckets, without the reserved prefixes. */
    static final Pattern BUCKET = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    static final Pattern KEY =
            Pattern.compile("arn:aws[a-z-]*:kms:" + REGION + ":\\d{12}:key/(?:mrk-[0-9a-f]{32}|[0-9a-f-]{36})");
    static final Pattern TOPIC = Pattern.compile("arn:aws[a-z-]*:sns:" + REGION + ":\\d{12}:[A-Za-z0-9_-]{1,256}");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Pattern SECRET =
            Pattern.compile("arn:aws[a-z-]*:secretsmanager:" + REGION + ":\\d{12}:secret:[\\w/+=.@-]+-[A-Za-z0-9]{6}");
    /** The user may be a wildcard nowhere: each right is for one user of one database. */
    private static final Pattern DATABASE_USER = Pattern.compile(
            "arn:aws[a-z-]*:rds-db:" + REGION + ":\\d{12}:dbuser:(?:db|cluster|prx)-[A-Za-z0-9]+/[^*?/\\s]+");

    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private Inputs() {}

    /** An id that another stack will have made isn't known yet, and passes. */
    static boolean looksLike(Pattern pattern, String given) {
        return Boolean.TRUE.equals(Token.isUnresolved(given))
                || pattern.matcher(given).matches();
    }

    static void require(List<String> problems, String name, String given, Pattern pattern, String expected) {
        if (!looksLike(pattern, given)) {
            problems.add(name + " \"" + given + "\"; expected " + expected);
        }
    }

    static void accounts(List<String> problems, String name, Optional<String> given) {
        given.ifPresent(account -> require(problems, name, account, ACCOUNT, "an account, 12 digits"));
    }

    static void emails(List<String> problems, String name, List<String> given) {
        given.forEach(address -> require(problems, name, address, EMAIL, "an e-mail address"));
    }

    static void databaseUsers(List<String> problems, String name, List<String> given) {
        given.forEach(
                user -> require(
                        problems,
                        name,
                        user,
                        DATABASE_USER,
                        "arn:aws:rds-db:REGION:ACCOUNT:dbuser:RESOURCE-ID/USER with a resource id such as db-ABC… or cluster-ABC…"));
    }

    static void secret(List<String> problems, String name, String given) {
        require(problems, name, given, SECRET, "the whole ARN of a secret, with the six characters at its end");
    }

    static void role(List<String> problems, String name, String given) {
        require(problems, name, given, ROLE, "the ARN of a role");
    }

    static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
