/** A program on the module path that uses AutoDump as a library. */
module io.autodump.examples.modular {
    requires io.autodump.aws;
    requires io.autodump.core;
    requires io.autodump.local;
    requires io.autodump.postgres;
}
