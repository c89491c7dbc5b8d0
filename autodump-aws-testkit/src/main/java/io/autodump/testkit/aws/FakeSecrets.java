package io.autodump.testkit.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.StreamSupport;

/** The secrets of the account, each with its tags and its current value. Thread-safe. */
public final class FakeSecrets {
    private static final int DEFAULT_PAGE = 100;

    private final Map<String, Secret> byArn = new ConcurrentSkipListMap<>();

    FakeSecrets() {}

    private record Secret(
            String arn,
            String name,
            Map<String, String> tags,
            String value,
            boolean binary,
            Instant createdAt,
            Instant changedAt,
            Optional<Instant> rotatedAt,
            boolean planned) {}

    /**
     * Adds or replaces a secret. It counts as changed now.
     *
     * @param value the secret text
     * @return the ARN
     */
    public String put(String name, Map<String, String> tags, String value) {
        return put(name, tags, value, false, Instant.now());
    }

    /**
     * As {@link #put(String, Map, String)}, with the time of the change.
     *
     * @param changedAt also the time of creation, if the secret is new
     * @return the ARN
     */
    public String put(String name, Map<String, String> tags, String value, Instant changedAt) {
        return put(name, tags, value, false, changedAt);
    }

    /**
     * Adds or replaces a binary secret.
     *
     * @param base64 the bytes in Base64
     * @return the ARN
     */
    public String putBinary(String name, Map<String, String> tags, String base64) {
        return put(name, tags, base64, true, Instant.now());
    }

    private String put(String name, Map<String, String> tags, String value, boolean binary, Instant changedAt) {
        String arn = arn(name);
        byArn.compute(
                arn,
                (key, old) -> new Secret(
                        arn,
                        name,
                        Map.copyOf(tags),
                        value,
                        binary,
                        old == null ? changedAt : old.createdAt(),
                        changedAt,
                        Optional.empty(),
                        false));
        return arn;
    }

    /** Rotates a secret. As in the service, this also changes it, two seconds later. */
    public void rotate(String arn, Instant rotatedAt) {
        byArn.computeIfPresent(
                arn,
                (key, old) -> new Secret(
                        arn,
                        old.name(),
                        old.tags(),
                        old.value(),
                        old.binary(),
                        old.createdAt(),
                        rotatedAt.plusSeconds(2),
                        Optional.of(rotatedAt),
                        old.planned()));
    }

    /** Replaces all tags of a secret. It counts as changed now. */
    public void retag(String arn, Map<String, String> tags) {
        Secret secret = Objects.requireNonNull(byArn.get(arn), arn);
        put(secret.name(), tags, secret.value(), secret.binary(), Instant.now());
    }

    /** Plans the deletion of a secret, as DeleteSecret does. Lists omit it unless they ask for planned deletions. */
    public void planDeletion(String arn) {
        byArn.computeIfPresent(
                arn,
                (key, old) -> new Secret(
                        arn,
                        old.name(),
                        old.tags(),
                        old.value(),
                        old.binary(),
                        old.createdAt(),
                        old.changedAt(),
                        old.rotatedAt(),
                        true));
    }

    /** Removes a secret, as the service does on the planned day. */
    public void remove(String arn) {
        byArn.remove(arn);
    }

    /** Returns the ARN of the secret with this name. It ends with six more characters, as in the service. */
    public static String arn(String name) {
        return "arn:aws:secretsmanager:" + FakeAws.REGION + ":" + FakeAws.ACCOUNT + ":secret:" + name + "-a1B2c3";
    }

    FakeAnswer list(FakeRequest request) {
        List<Secret> matching = matching(request.fields());
        int from = Integer.parseInt("0" + request.field("NextToken"));
        int size = request.fields().path("MaxResults").asInt(DEFAULT_PAGE);
        ObjectNode result = FakeRequest.MAPPER.createObjectNode();
        ArrayNode page = result.putArray("SecretList");
        matching.subList(Math.min(from, matching.size()), Math.min(from + size, matching.size()))
                .forEach(secret -> describe(secret, page.addObject()));
        if (from + size < matching.size()) {
            result.put("NextToken", String.valueOf(from + size));
        }
        return FakeAnswer.of(result);
    }

    private List<Secret> matching(JsonNode request) {
        List<Secret> matching = new ArrayList<>();
        boolean planned = request.path("IncludePlannedDeletion").asBoolean(false);
        for (Secret secret : byArn.values()) {
            boolean wanted = planned || !secret.planned();
            for (JsonNode filter : request.path("Filters")) {
                wanted &= StreamSupport.stream(filter.path("Values").spliterator(), false)
                        .map(JsonNode::asText)
                        .anyMatch(prefix -> matches(secret, filter.path("Key").asText(), prefix));
            }
            if (wanted) {
                matching.add(secret);
            }
        }
        return matching;
    }

    private static boolean matches(Secret secret, String key, String prefix) {
        return key.equals("name")
                ? secret.name().startsWith(prefix)
                : secret.tags().keySet().stream().anyMatch(tag -> tag.startsWith(prefix));
    }

    FakeAnswer describe(FakeRequest request) {
        return find(request)
                .map(secret -> FakeAnswer.of(describe(secret, FakeRequest.MAPPER.createObjectNode())))
                .orElseGet(FakeSecrets::notFound);
    }

    FakeAnswer value(FakeRequest request) {
        Optional<Secret> found = find(request);
        if (found.isEmpty()) {
            return notFound();
        }
        Secret secret = found.get();
        if (secret.planned()) {
            return FakeAnswer.error(
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return FakeAnswer.of(FakeRequest.MAPPER
                .createObjectNode()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .put(secret.binary() ? "SecretBinary" : "SecretString", secret.value()));
    }

    private Optional<Secret> find(FakeRequest request) {
        String id = request.field("SecretId");
        return Optional.ofNullable(byArn.get(id)).or(() -> Optional.ofNullable(byArn.get(arn(id))));
    }

    private static FakeAnswer notFound() {
        return FakeAnswer.error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }

    private static ObjectNode describe(Secret secret, ObjectNode node) {
        node.put("ARN", secret.arn())
                .put("Name", secret.name())
                .put("CreatedDate", seconds(secret.createdAt()))
                .put("LastChangedDate", seconds(secret.changedAt()));
        secret.rotatedAt().ifPresent(rotated -> node.put("LastRotatedDate", seconds(rotated)));
        if (secret.planned()) {
            node.put("DeletedDate", seconds(Instant.now()));
        }
        ArrayNode tags = node.putArray("Tags");
        secret.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        return node;
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }
}
