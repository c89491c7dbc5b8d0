package io.autodump.dumper;

import io.autodump.core.contract.BucketName;
import io.autodump.core.contract.DumperNames;
import io.autodump.core.contract.SecretArn;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.internal.NearestName;
import io.autodump.core.secret.SecretId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings from the environment of the container. {@link DumperNames} has the names.
 *
 * @param scheduledAt the instant of the run; empty for now
 * @param buckets the allowed buckets; at least one
 * @param secretMetrics whether each secret has metrics of its own
 * @param store what the store of the buckets needs
 */
record DumperSettings(
        SecretId secret,
        Optional<Instant> scheduledAt,
        List<String> buckets,
        Optional<String> kmsKeyArn,
        Optional<String> bucketOwner,
        Optional<String> bucketRegion,
        boolean secretMetrics,
        Optional<String> eventBus,
        Optional<String> topicArn,
        Optional<SecretId> scratchSecret,
        Optional<String> sourceRoleArn,
        Optional<String> targetRoleArn,
        StoreSettings store) {
    private static final String PREFIX = "AUTODUMP_";
    private static final String SECRET_ARN = "the ARN of a secret";
    private static final Predicate<String> KEY = arn("kms", "(key|alias)/.+");
    private static final Predicate<String> TOPIC = arn("sns", "[^:]+");
    private static final Predicate<String> ROLE = arn("iam", "role/.+");
    private static final Predicate<String> ACCOUNT = Pattern.compile("\\d{12}").asMatchPredicate();
    private static final Predicate<String> REGION =
            Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d").asMatchPredicate();
    private static final Predicate<String> FLAG = Pattern.compile("true|false").asMatchPredicate();
    private static final Predicate<String> ANYTHING = Pattern.compile("\\S+").asMatchPredicate();
    private static final List<String> NAMES = Stream.concat(
                    Stream.of(
                            DumperNames.BUCKETS,
                            DumperNames.KMS_KEY_ARN,
                            DumperNames.BUCKET_OWNER,
                            DumperNames.BUCKET_REGION,
                            DumperNames.SECRET_METRICS,
                            DumperNames.EXECUTION_INPUT,
                            DumperNames.EVENT_BUS,
                            DumperNames.TOPIC_ARN,
                            DumperNames.SCRATCH_SECRET_ARN,
                            DumperNames.SOURCE_ROLE_ARN,
                            DumperNames.TARGET_ROLE_ARN),
                    StoreSettings.NAMES.stream())
            .toList();

    /**
     * Reads the environment.
     *
     * @throws InvalidInputException {@code INVALID_ENVIRONMENT} with every problem at once
     */
    static DumperSettings of(Map<String, String> environment) {
        return new Reader(environment).read();
    }

    /** Returns the region in the ARN of the secret. */
    String region() {
        return SecretArn.parse(secret.value()).map(SecretArn::region).orElse("");
    }

    private static boolean isSecret(String text) {
        return SecretArn.parse(text).isPresent();
    }

    private static Predicate<String> arn(String service, String resource) {
        return Pattern.compile("arn:[a-z-]+:" + service + ":[a-z0-9-]*:\\d{12}:" + resource)
                .asMatchPredicate();
    }

    /** Reads the variables and collects every problem. */
    private static final class Reader {
        private final Map<String, String> environment;
        private final List<Problem> problems = new ArrayList<>();

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        DumperSettings read() {
            Optional<String> secret = required(DumperNames.SECRET_ARN, DumperSettings::isSecret, SECRET_ARN);
            Optional<Instant> scheduledAt = scheduledAt();
            List<String> buckets = buckets();
            Optional<String> kmsKey = matching(DumperNames.KMS_KEY_ARN, KEY, "the ARN of a KMS key");
            Optional<String> owner = matching(DumperNames.BUCKET_OWNER, ACCOUNT, "the 12 digits of an account");
            Optional<String> region = matching(DumperNames.BUCKET_REGION, REGION, "a region such as eu-central-1");
            Optional<String> metrics = matching(DumperNames.SECRET_METRICS, FLAG, "true or false");
            Optional<String> bus = matching(DumperNames.EVENT_BUS, ANYTHING, "the name or ARN of an event bus");
            Optional<String> topic = matching(DumperNames.TOPIC_ARN, TOPIC, "the ARN of an SNS topic");
            Optional<String> scratch = matching(DumperNames.SCRATCH_SECRET_ARN, DumperSettings::isSecret, SECRET_ARN);
            Optional<String> source = matching(DumperNames.SOURCE_ROLE_ARN, ROLE, "the ARN of a role");
            Optional<String> target = matching(DumperNames.TARGET_ROLE_ARN, ROLE, "the ARN of a role");
            StoreSettings store = StoreSettings.read(this::matching);
            reportSlips();
            if (!problems.isEmpty()) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_ENVIRONMENT,
                        "the dumper's container",
                        problems,
                        "correct the environment of the job definition; docs/container.md describes each variable");
            }
            return new DumperSettings(
                    SecretId.of(secret.orElseThrow()),
                    scheduledAt,
                    buckets,
                    kmsKey,
                    owner,
                    region,
                    !metrics.equals(Optional.of("false")),
                    bus,
                    topic,
                    scratch.map(SecretId::of),
                    source,
                    target,
                    store);
        }

        private Optional<String> required(String name, Predicate<String> form, String expected) {
            if (text(name).isEmpty()) {
                problems.add(new Problem(name, "is missing; it is " + expected));
            }
            return matching(name, form, expected);
        }

        private Optional<String> matching(String name, Predicate<String> form, String expected) {
            Optional<String> text = text(name);
            text.filter(form.negate())
                    .ifPresent(wrong -> problems.add(new Problem(name, "isn't " + expected + ": \"" + wrong + "\"")));
            return text;
        }

        private Optional<Instant> scheduledAt() {
            Optional<String> text = text(DumperNames.SCHEDULED_AT);
            try {
                return text.map(Instant::parse);
            } catch (DateTimeParseException wrong) {
                problems.add(new Problem(
                        DumperNames.SCHEDULED_AT,
                        "isn't an instant such as 2026-11-22T08:00:00Z: \"" + text.orElse("") + "\""));
                return Optional.empty();
            }
        }

        private List<String> buckets() {
            List<String> buckets = text(DumperNames.BUCKETS).stream()
                    .flatMap(list -> Stream.of(list.split(",", -1)))
                    .map(String::strip)
                    .toList();
            if (buckets.isEmpty()) {
                problems.add(new Problem(DumperNames.BUCKETS, "is missing; it is one bucket or more, with commas"));
            }
            buckets.stream()
                    .filter(bucket -> !BucketName.isValid(bucket))
                    .forEach(wrong -> problems.add(
                            new Problem(DumperNames.BUCKETS, "isn't the name of a bucket: \"" + wrong + "\"")));
            return buckets;
        }

        /** A mistyped name of the key's variable must not weaken the encryption silently. */
        private void reportSlips() {
            for (String name : new TreeSet<>(environment.keySet())) {
                if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
                    NearestName.of(name, NAMES)
                            .ifPresent(known ->
                                    problems.add(new Problem(name, "isn't known; did you mean " + known + "?")));
                }
            }
        }

        /** An empty variable counts as absent: a job definition can't remove one. */
        private Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
        }
    }
}
