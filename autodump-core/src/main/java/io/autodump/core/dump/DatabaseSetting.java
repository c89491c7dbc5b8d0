package io.autodump.core.dump;

import java.util.Optional;

/**
 * A setting that a session gets when it connects to the database: {@code ALTER DATABASE … SET} or {@code ALTER ROLE …
 * IN DATABASE … SET}.
 *
 * @param role the role that it is for; empty for all
 * @param name of the parameter, for example {@code search_path}
 * @param value as {@code pg_db_role_setting} holds it
 */
public record DatabaseSetting(Optional<String> role, String name, String value) {}
