package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.internal.UtcText;
import io.autodump.core.plan.RestoreRequest;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.RoleCreation;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.secret.SecretId;
import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads and writes the input of an execution that restores, {@code {"resourceId": …, "when": …, "bucket": …, "key": …,
 * "options": {…}}}. An option with its default is absent.
 */
public final class RestoreRequestJson {
    private static final String HINT =
            "it holds resourceId (the ARN of the target's secret), when, bucket, key, and perhaps database, dryRun and"
                    + " options; the command autodump aws restore writes it";

    private RestoreRequestJson() {}

    public static String write(RestoreRequest request) {
        ObjectNode node = Json.object()
                .put("resourceId", request.target().value())
                .put("when", request.when().toString())
                .put("bucket", request.bucket())
                .put("key", request.dump().value());
        if (!request.prefix().isEmpty()) {
            node.put("prefix", request.prefix());
        }
        request.database().ifPresent(name -> node.put("database", name));
        flag(node, "dryRun", request.dryRun());
        ObjectNode options = options(request.options());
        if (!options.isEmpty()) {
            node.set("options", options);
        }
        return Json.pretty(node);
    }

    private static ObjectNode options(RestoreOptions options) {
        ObjectNode node = Json.object();
        flag(node, "create", options.create());
        flag(node, "intoNonEmpty", options.intoNonEmpty());
        flag(node, "noOwner", options.noOwner());
        flag(node, "intoDifferentLocale", options.intoDifferentLocale());
        flag(node, "clean", options.clean());
        flag(node, "analyze", options.analyze());
        flag(node, "countRows", options.countRows());
        if (options.jobs() > 1) {
            node.put("jobs", options.jobs());
        }
        options.locale().ifPresent(name -> node.put("locale", name));
        options.role().ifPresent(name -> node.put("role", name));
        if (options.createRoles() != RoleCreation.NONE) {
            node.put("createRoles", word(options.createRoles()));
        }
        if (options.part() != RestoredPart.ALL) {
            node.put("part", word(options.part()));
        }
        texts(node, "tables", options.tables());
        texts(node, "schemas", options.schemas());
        texts(node, "excludeTables", options.excludeTables());
        texts(
                node,
                "skip",
                options.skip().stream().map(SkippableKind::text).sorted().toList());
        return node;
    }

    private static void flag(ObjectNode node, String name, boolean value) {
        if (value) {
            node.put(name, true);
        }
    }

    private static void texts(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(node.putArray(name)::add);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses the input of an execution. Fields that it doesn't know are ignored.
     *
     * @param subject the origin of the text, for the message
     * @throws AutoDumpException {@code INVALID_DOCUMENT} with the field
     */
    public static RestoreRequest parse(String subject, String json) {
        ObjectNode node = Json.parse(ErrorCode.INVALID_DOCUMENT, subject, json, HINT);
        try {
            JsonFields fields = new JsonFields(node);
            return RestoreRequest.builder()
                    .target(fields.text("resourceId", SecretId::of))
                    .when(fields.text("when", UtcText::parse))
                    .bucket(fields.text("bucket"))
                    .prefix(node.path("prefix").asText(""))
                    .dump(fields.text("key", RestoreRequestJson::key))
                    .database(optional(fields, "database", Function.identity()))
                    .dryRun(node.path("dryRun").asBoolean(false))
                    .options(options(new JsonFields(node.path("options"))))
                    .build();
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_DOCUMENT,
                    subject + " isn't a request to restore: " + wrong.getMessage() + "; nothing was changed",
                    HINT,
                    wrong);
        }
    }

    private static DumpKey key(String text) {
        return DumpKey.parse(text).orElseThrow(() -> new IllegalArgumentException("key: isn't the key of a dump"));
    }

    private static RestoreOptions options(JsonFields fields) {
        JsonNode node = fields.parent();
        RestoreOptions.Builder options = RestoreOptions.builder()
                .create(node.path("create").asBoolean(false))
                .intoNonEmpty(node.path("intoNonEmpty").asBoolean(false))
                .noOwner(node.path("noOwner").asBoolean(false))
                .intoDifferentLocale(node.path("intoDifferentLocale").asBoolean(false))
                .analyze(node.path("analyze").asBoolean(false))
                .countRows(node.path("countRows").asBoolean(false))
                .clean(node.path("clean").asBoolean(false))
                .jobs(node.path("jobs").asInt(1))
                .locale(optional(fields, "locale", Function.identity()))
                .role(optional(fields, "role", Function.identity()))
                .tables(texts(fields, "tables"))
                .schemas(texts(fields, "schemas"))
                .excludeTables(texts(fields, "excludeTables"));
        optional(fields, "createRoles", text -> constant(RoleCreation.class, text))
                .ifPresent(options::createRoles);
        optional(fields, "part", text -> constant(RestoredPart.class, text)).ifPresent(options::part);
        texts(fields, "skip").forEach(text -> options.addSkip(kind(text)));
        return options.build();
    }

    private static <T> Optional<T> optional(JsonFields fields, String name, Function<String, T> reader) {
        return fields.has(name) ? Optional.of(fields.text(name, reader)) : Optional.empty();
    }

    private static List<String> texts(JsonFields fields, String name) {
        return fields.has(name) ? fields.texts(name) : List.of();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    private static SkippableKind kind(String text) {
        return SkippableKind.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("skip: there is no kind \"" + text + "\""));
    }
}
