package io.autodump.core.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a secret in AWS Secrets Manager: {@code arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX}. The
 * service appends the suffix, a hyphen and six characters, to the secret's name (API reference, DescribeSecret).
 * Immutable and thread-safe.
 */
public final class SecretArn {
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:secretsmanager:(?<region>[a-z0-9-]*):\\d{12}"
            + ":secret:(?<name>[\\w/+=.@-]+?)(?<suffix>-[A-Za-z0-9]{6})?");

    private final String text;
    private final String region;
    private final String name;
    private final boolean complete;

    private SecretArn(Matcher arn) {
        this.text = arn.group();
        this.region = arn.group("region");
        this.name = arn.group("name");
        this.complete = arn.group("suffix") != null;
    }

    /** Reads an ARN. Returns empty for any other text, such as the name of a secret. */
    public static Optional<SecretArn> parse(String text) {
        Matcher arn = ARN.matcher(text);
        return arn.matches() ? Optional.of(new SecretArn(arn)) : Optional.empty();
    }

    /** Returns the region, such as {@code eu-central-1}. Empty in an ARN without a region; never null. */
    public String region() {
        return region;
    }

    /** Returns the secret's name, without the suffix. */
    public String name() {
        return name;
    }

    /** Returns whether the ARN has the suffix. */
    public boolean isComplete() {
        return complete;
    }

    /** Returns the ARN. */
    @Override
    public String toString() {
        return text;
    }
}
