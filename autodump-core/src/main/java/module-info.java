/**
 * The domain, the ports and the use cases of AutoDump. {@link io.autodump.core.AutoDump} is the front door.
 *
 * <p>{@code io.autodump.core.internal} isn't API and is exported to AutoDump's own modules only.
 *
 * @since 0.1.0
 */
// The modules that internal is exported to aren't there when the core is compiled; Immutables has no descriptor.
@SuppressWarnings({"module", "requires-automatic"})
module io.autodump.core {
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    // Immutables, at compile time only, and what its generated classes are annotated with.
    requires static com.google.errorprone.annotations;
    requires static java.compiler;
    requires static org.immutables.value.annotations;
    requires transitive org.jspecify;

    exports io.autodump.core;
    exports io.autodump.core.contract;
    exports io.autodump.core.copy;
    exports io.autodump.core.database;
    exports io.autodump.core.drill;
    exports io.autodump.core.dump;
    exports io.autodump.core.encryption;
    exports io.autodump.core.engine;
    exports io.autodump.core.error;
    exports io.autodump.core.job;
    exports io.autodump.core.plan;
    exports io.autodump.core.port;
    exports io.autodump.core.record;
    exports io.autodump.core.restore;
    exports io.autodump.core.retention;
    exports io.autodump.core.schedule;
    exports io.autodump.core.secret;
    exports io.autodump.core.server;
    exports io.autodump.core.suspicion;
    exports io.autodump.core.testing;
    exports io.autodump.core.usecase.copy;
    exports io.autodump.core.usecase.dump;
    exports io.autodump.core.usecase.restore;
    exports io.autodump.core.usecase.retain;
    exports io.autodump.core.usecase.schedule;
    exports io.autodump.core.usecase.status;
    exports io.autodump.core.wire;
    exports io.autodump.core.internal to
            io.autodump.age,
            io.autodump.aws,
            io.autodump.local,
            io.autodump.postgres,
            io.autodump.process;
}
