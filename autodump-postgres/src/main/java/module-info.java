/**
 * The PostgreSQL engine: dumps with {@code pg_dump}, restores with {@code pg_restore} or {@code psql}.
 *
 * @since 0.1.0
 */
// The JDBC driver has no descriptor.
@SuppressWarnings("requires-automatic")
module io.autodump.postgres {
    requires com.google.common;
    requires transitive io.autodump.core;
    requires io.autodump.process;
    requires java.sql;
    requires jdk.net;
    // What the JDBC driver uses of the JDK and, without a descriptor, can't ask for.
    requires java.management;
    requires java.naming;
    requires java.security.jgss;
    requires org.postgresql.jdbc;

    exports io.autodump.postgres;
    // The driver creates the socket factory by its name.
    exports io.autodump.postgres.connection to
            org.postgresql.jdbc;
}
