package io.autodump.core.contract;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a secret in AWS Secrets Manager: {@code arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX}. The
 * service appends the suffix, a hyphen and six characters, to the secret's name (API reference, DescribeSecret).
 *
 * @param region such as {@code eu-central-1}; empty in an ARN without a region
 * @param name the secret's name, without the suffix
 * @param isComplete whether the suffix is there
 */
public record SecretArn(String region, String name, boolean isComplete) {
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:secretsmanager:(?<region>[a-z0-9-]*):\\d{12}"
            + ":secret:(?<name>[\\w/+=.@-]+?)(?<suffix>-[A-Za-z0-9]{6})?");

    /** Reads an ARN. Returns empty for any other text, such as the name of a secret. */
    public static Optional<SecretArn> parse(String text) {
        Matcher arn = ARN.matcher(text);
        return arn.matches()
                ? Optional.of(new SecretArn(arn.group("region"), arn.group("name"), arn.group("suffix") != null))
                : Optional.empty();
    }
}
