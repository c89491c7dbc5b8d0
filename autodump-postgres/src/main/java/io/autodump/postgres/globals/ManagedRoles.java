package io.autodump.postgres.globals;

import java.util.regex.Pattern;

/** Roles that belong to PostgreSQL itself or to a managed service, which nobody else creates. */
public final class ManagedRoles {
    /** Predefined roles, and those of RDS and Aurora, Cloud SQL, AlloyDB and Azure. */
    public static final String REGEX =
            "^(pg_|rds_|rds(admin|proxyadmin|repladmin|topmgr)|cloudsql|alloydb|azure_|azuresu)";

    private static final Pattern PATTERN = Pattern.compile(REGEX);

    private ManagedRoles() {}

    /** Whether a role is one. */
    public static boolean isOne(String role) {
        return PATTERN.matcher(role).find();
    }
}
