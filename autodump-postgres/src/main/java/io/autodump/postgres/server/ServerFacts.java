package io.autodump.postgres.server;

import io.autodump.core.dump.NotIncluded;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.ServerNeeds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results of a preflight: facts about a server and a database. Immutable.
 *
 * @param serverVersion as the server reports it, for example {@code 15.18 (Debian 15.18-0+deb12u1)}
 * @param serverMajor for example 15; before version 10 the first number only
 * @param replica whether the server is in recovery, and therefore a standby
 * @param databaseBytes the size of the database on the server's disk in bytes, with indexes and free space
 * @param tlsProtocol for example {@code TLSv1.3}; empty if the connection isn't encrypted
 * @param missingPrivileges what is to be dumped and can't be read by the user
 * @param roles the roles that the database's objects and rows name, unquoted and sorted; a restore needs them
 * @param needs what the database needs from its server
 * @param properties the properties of the database itself
 * @param notIncluded what belongs to the database and won't be in its dump, sorted by kind and name
 * @param clock how the clocks of server and machine differ; empty if they agree
 * @param warnings what else needs attention, one sentence each
 */
public record ServerFacts(
        String serverVersion,
        int serverMajor,
        boolean replica,
        long databaseBytes,
        Optional<String> tlsProtocol,
        MissingPrivileges missingPrivileges,
        List<String> roles,
        ServerNeeds needs,
        DatabaseProperties properties,
        List<NotIncluded> notIncluded,
        Optional<String> clock,
        List<String> warnings) {
    public ServerFacts {
        notIncluded = List.copyOf(notIncluded);
        warnings = List.copyOf(warnings);
        roles = List.copyOf(roles);
    }

    /** What the manifest of a dump should warn of: the clocks, and the other warnings. */
    public List<String> dumpWarnings() {
        return Stream.concat(clock.stream(), warnings.stream()).toList();
    }
}
