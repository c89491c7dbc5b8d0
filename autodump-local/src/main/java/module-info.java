/**
 * AutoDump on one machine: a folder of dumps, a folder of secrets, durable runs and the scheduler.
 *
 * @since 0.1.0
 */
module io.autodump.local {
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires transitive io.autodump.core;

    exports io.autodump.local.notify;
    exports io.autodump.local.run;
    exports io.autodump.local.scheduler;
    exports io.autodump.local.secret;
    exports io.autodump.local.store;
}
