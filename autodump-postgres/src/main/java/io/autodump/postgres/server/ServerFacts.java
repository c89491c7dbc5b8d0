package io.autodump.postgres.server;

import io.autodump.core.dump.DatabaseProperties;
import io.autodump.core.dump.NotIncluded;
import java.util.List;
import java.util.Optional;

/**
 * What a preflight learned about a server and a database. Immutable.
 *
 * @param serverVersion as the server reports it, for example {@code 15.18 (Debian 15.18-0+deb12u1)}
 * @param serverMajor for example 15; for servers before version 10 the first number alone
 * @param replica whether the server is in recovery, and so a standby
 * @param databaseBytes the database's size in bytes on the server's disk, with indexes and free space
 * @param tlsProtocol for example {@code TLSv1.3}; empty if the connection isn't encrypted
 * @param missingPrivileges what the user can't read of what is to be dumped
 * @param roles that the database's objects name, unquoted and sorted; a restore needs them to be there before
 * @param properties what belongs to the database itself
 * @param notIncluded what belongs to the database and won't be in its dump, sorted by kind and name
 * @param warnings what else somebody should look at, a sentence each
 */
public record ServerFacts(
        String serverVersion,
        int serverMajor,
        boolean replica,
        long databaseBytes,
        Optional<String> tlsProtocol,
        MissingPrivileges missingPrivileges,
        List<String> roles,
        DatabaseProperties properties,
        List<NotIncluded> notIncluded,
        List<String> warnings) {
    public ServerFacts {
        notIncluded = List.copyOf(notIncluded);
        warnings = List.copyOf(warnings);
        roles = List.copyOf(roles);
    }
}
