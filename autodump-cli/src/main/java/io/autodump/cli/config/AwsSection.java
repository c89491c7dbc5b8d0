package io.autodump.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the section {@code aws:} of the configuration. */
final class AwsSection {
    static final String NAME = "aws";

    static final List<String> KEYS = ImmutableList.<String>builder()
            .add(
                    "aws.region",
                    "aws.profile",
                    "aws.source-role",
                    "aws.target-role",
                    "aws.endpoint",
                    "aws.s3-endpoint",
                    "aws.bucket-region",
                    "aws.bucket-owner",
                    "aws.kms-key",
                    "aws.storage-class",
                    "aws.object-tags")
            .addAll(S3Settings.KEYS)
            .build();

    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)*");
    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/.+");
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    /** As in S3's API reference, PutObject, x-amz-storage-class. */
    private static final List<String> STORAGE_CLASSES = List.of(
            "STANDARD",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER_IR",
            "GLACIER",
            "DEEP_ARCHIVE",
            "EXPRESS_ONEZONE",
            "OUTPOSTS",
            "SNOW",
            "REDUCED_REDUNDANCY");

    private static final int MOST_TAGS = 10;

    private AwsSection() {}

    static AwsSettings read(Entries entries) {
        entries.read(NAME, value -> {
            throw new IllegalArgumentException("must be a mapping, such as aws: {region: eu-central-1}");
        });
        return new AwsSettings(
                entries.read("aws.region", matching(REGION, "a region such as eu-central-1")),
                entries.read("aws.profile", Values::text),
                entries.read("aws.source-role", AwsSection::role),
                entries.read("aws.target-role", AwsSection::role),
                entries.read("aws.endpoint", AwsSection::endpoint),
                store(entries),
                false);
    }

    private static AwsSettings.Store store(Entries entries) {
        Optional<URI> endpoint = entries.read("aws.s3-endpoint", AwsSection::endpoint);
        Optional<String> region = entries.read("aws.bucket-region", matching(REGION, "a region such as eu-central-1"));
        Optional<String> owner = entries.read("aws.bucket-owner", AwsSection::account);
        Optional<String> kmsKey = entries.read("aws.kms-key", Values::text);
        Optional<String> storageClass = entries.read("aws.storage-class", AwsSection::storageClass);
        Optional<Map<String, String>> tags = entries.read("aws.object-tags", AwsSection::tags);
        return new AwsSettings.Store(
                endpoint, region, owner, kmsKey, storageClass, tags.orElse(Map.of()), S3Settings.read(entries));
    }

    private static Function<JsonNode, String> matching(Pattern pattern, String what) {
        return value -> {
            String text = Values.text(value);
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("\"" + text + "\" isn't " + what);
            }
            return text;
        };
    }

    private static String role(JsonNode value) {
        return matching(ROLE, "the ARN of a role, such as arn:aws:iam::123456789012:role/autodump")
                .apply(value);
    }

    /** Without quotes, YAML reads the digits as a number and drops leading zeros, or reads an octal number. */
    private static String account(JsonNode value) {
        if (value.isNumber()) {
            throw new IllegalArgumentException(
                    "must be in quotes, such as \"123456789012\": YAML takes it for a number");
        }
        return matching(ACCOUNT, "an account, 12 digits in quotes").apply(value);
    }

    private static URI endpoint(JsonNode value) {
        String text = Values.text(value);
        try {
            URI uri = URI.create(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Reported below, as for a URI that isn't HTTP.
        }
        throw new IllegalArgumentException("\"" + text + "\" isn't a URL such as https://s3.example.com");
    }

    private static String storageClass(JsonNode value) {
        String text = Values.text(value);
        if (!STORAGE_CLASSES.contains(text)) {
            throw new IllegalArgumentException("\"" + text + "\" isn't one of " + String.join(", ", STORAGE_CLASSES));
        }
        return text;
    }

    private static Map<String, String> tags(JsonNode value) {
        if (!value.isObject() || value.size() > MOST_TAGS) {
            throw new IllegalArgumentException(
                    "must be a mapping of at most " + MOST_TAGS + " tags, such as {team: data}");
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tag : value.properties()) {
            if (!tag.getValue().isTextual()) {
                throw new IllegalArgumentException("the value of tag " + tag.getKey() + " must be text, in quotes");
            }
            tags.put(tag.getKey(), tag.getValue().textValue());
        }
        return tags;
    }
}
