package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.server.DatabaseGrant;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.DatabaseSetting;
import io.autodump.core.server.LocaleProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and writes the field {@code databaseProperties} of a manifest. */
final class DatabasePropertiesJson {
    private DatabasePropertiesJson() {}

    static void write(DatabaseProperties properties, ObjectNode node) {
        node.put("encoding", properties.encoding());
        node.put("localeProvider", properties.localeProvider().text());
        node.put("collate", properties.collate());
        node.put("ctype", properties.ctype());
        properties.locale().ifPresent(locale -> node.put("locale", locale));
        properties.icuRules().ifPresent(rules -> node.put("icuRules", rules));
        node.put("connectionLimit", properties.connectionLimit());
        properties.owner().ifPresent(owner -> node.put("owner", owner));
        if (properties.template()) {
            node.put("template", true);
        }
        properties.comment().ifPresent(comment -> node.put("comment", comment));
        ArrayNode settings = node.putArray("settings");
        properties.settings().forEach(setting -> {
            ObjectNode row = settings.addObject();
            setting.role().ifPresent(role -> row.put("role", role));
            row.put("name", setting.name()).put("value", setting.value());
        });
        properties.grants().ifPresent(grants -> writeGrants(grants, node.putArray("grants")));
    }

    private static void writeGrants(List<DatabaseGrant> grants, ArrayNode array) {
        grants.forEach(grant -> {
            ObjectNode row = array.addObject();
            grant.grantee().ifPresent(grantee -> row.put("grantee", grantee));
            row.put("privilege", grant.privilege()).put("grantable", grant.grantable());
        });
    }

    /**
     * Reads the field.
     *
     * @throws IllegalArgumentException naming the field that is invalid
     */
    static DatabaseProperties read(JsonNode node) {
        return DatabaseProperties.builder()
                .encoding(required(node, "encoding"))
                .localeProvider(LocaleProvider.parse(required(node, "localeProvider"))
                        .orElseThrow(
                                () -> new IllegalArgumentException("databaseProperties.localeProvider isn't known")))
                .collate(required(node, "collate"))
                .ctype(required(node, "ctype"))
                .locale(text(node, "locale"))
                .icuRules(text(node, "icuRules"))
                .connectionLimit(node.path("connectionLimit").asInt(DatabaseProperties.UNLIMITED))
                .owner(text(node, "owner"))
                .template(node.path("template").asBoolean())
                .comment(text(node, "comment"))
                .settings(settings(node.path("settings")))
                .grants(node.hasNonNull("grants") ? Optional.of(grants(node.path("grants"))) : Optional.empty())
                .build();
    }

    private static List<DatabaseSetting> settings(JsonNode array) {
        List<DatabaseSetting> settings = new ArrayList<>();
        for (JsonNode row : array) {
            settings.add(new DatabaseSetting(text(row, "role"), required(row, "name"), required(row, "value")));
        }
        return settings;
    }

    private static List<DatabaseGrant> grants(JsonNode array) {
        List<DatabaseGrant> grants = new ArrayList<>();
        for (JsonNode row : array) {
            grants.add(DatabaseGrant.builder()
                    .grantee(text(row, "grantee"))
                    .privilege(required(row, "privilege"))
                    .grantable(row.path("grantable").asBoolean())
                    .build());
        }
        return grants;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    private static String required(JsonNode node, String name) {
        return text(node, name)
                .orElseThrow(
                        () -> new IllegalArgumentException("databaseProperties." + name + ": must be a JSON string"));
    }
}
