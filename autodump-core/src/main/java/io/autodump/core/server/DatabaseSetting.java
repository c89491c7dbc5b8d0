package io.autodump.core.server;

import java.util.Optional;

/**
 * A setting that applies to sessions in the database: {@code ALTER DATABASE … SET} or {@code ALTER ROLE … IN DATABASE
 * … SET}. Immutable.
 *
 * @param role the role that it applies to; empty for all roles
 * @param name the name of the parameter, for example {@code search_path}
 * @param value the value as in {@code pg_db_role_setting}
 */
public record DatabaseSetting(Optional<String> role, String name, String value) {}
