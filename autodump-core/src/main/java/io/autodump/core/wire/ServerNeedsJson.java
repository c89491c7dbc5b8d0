package io.autodump.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autodump.core.server.RequiredExtension;
import io.autodump.core.server.RoleMembership;
import io.autodump.core.server.RoleSetting;
import io.autodump.core.server.ServerNeeds;
import io.autodump.core.server.ServerRole;
import java.util.Optional;

/** Reads and writes the field {@code serverNeeds} of a manifest. */
final class ServerNeedsJson {
    private ServerNeedsJson() {}

    static void write(ServerNeeds needs, ObjectNode node) {
        ArrayNode roles = node.putArray("roles");
        needs.roles().forEach(role -> write(role, roles.addObject()));
        needs.rolesInRows().forEach(node.putArray("rolesInRows")::add);
        ArrayNode extensions = node.putArray("extensions");
        needs.extensions()
                .forEach(extension ->
                        extensions.addObject().put("name", extension.name()).put("version", extension.version()));
    }

    private static void write(ServerRole role, ObjectNode node) {
        node.put("name", role.name())
                .put("superuser", role.superuser())
                .put("createDatabase", role.createDatabase())
                .put("createRole", role.createRole())
                .put("login", role.login())
                .put("replication", role.replication())
                .put("bypassRowSecurity", role.bypassRowSecurity())
                .put("inherit", role.inherit())
                .put("connectionLimit", role.connectionLimit());
        role.validUntil().ifPresent(instant -> node.put("validUntil", instant));
        role.comment().ifPresent(comment -> node.put("comment", comment));
        ArrayNode settings = node.putArray("settings");
        role.settings()
                .forEach(setting ->
                        settings.addObject().put("name", setting.name()).put("value", setting.value()));
        ArrayNode memberships = node.putArray("memberOf");
        role.memberships().forEach(membership -> write(membership, memberships.addObject()));
    }

    private static void write(RoleMembership membership, ObjectNode node) {
        node.put("role", membership.group()).put("admin", membership.admin());
        membership.inherit().ifPresent(inherit -> node.put("inherit", inherit));
        membership.set().ifPresent(set -> node.put("set", set));
    }

    /**
     * Reads the field.
     *
     * @throws IllegalArgumentException naming the field that is invalid
     */
    static ServerNeeds read(JsonNode node) {
        ServerNeeds.Builder needs = ServerNeeds.builder();
        node.path("roles").forEach(role -> needs.addRoles(role(role)));
        node.path("rolesInRows").forEach(name -> needs.addRolesInRows(name.asText()));
        node.path("extensions")
                .forEach(extension -> needs.addExtensions(
                        new RequiredExtension(required(extension, "name"), required(extension, "version"))));
        return needs.build();
    }

    private static ServerRole role(JsonNode node) {
        ServerRole.Builder role = ServerRole.builder()
                .name(required(node, "name"))
                .superuser(node.path("superuser").asBoolean())
                .createDatabase(node.path("createDatabase").asBoolean())
                .createRole(node.path("createRole").asBoolean())
                .login(node.path("login").asBoolean())
                .replication(node.path("replication").asBoolean())
                .bypassRowSecurity(node.path("bypassRowSecurity").asBoolean())
                .inherit(node.path("inherit").asBoolean(true))
                .connectionLimit(node.path("connectionLimit").asInt(ServerRole.UNLIMITED))
                .validUntil(text(node, "validUntil"))
                .comment(text(node, "comment"));
        node.path("settings")
                .forEach(setting ->
                        role.addSettings(new RoleSetting(required(setting, "name"), required(setting, "value"))));
        node.path("memberOf").forEach(membership -> role.addMemberships(membership(membership)));
        return role.build();
    }

    private static RoleMembership membership(JsonNode node) {
        return RoleMembership.builder()
                .group(required(node, "role"))
                .admin(node.path("admin").asBoolean())
                .inherit(flag(node, "inherit"))
                .set(flag(node, "set"))
                .build();
    }

    private static Optional<Boolean> flag(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name).asBoolean()) : Optional.empty();
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    private static String required(JsonNode node, String name) {
        return text(node, name)
                .orElseThrow(() -> new IllegalArgumentException("serverNeeds: " + name + " must be a JSON string"));
    }
}
