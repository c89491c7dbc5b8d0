/**
 * Child processes of database engines. Not API: exported because every engine needs it, and free to change in
 * any release.
 */
module io.autodump.process {
    requires com.github.luben.zstd_jni;
    requires transitive io.autodump.core;

    exports io.autodump.process;
    exports io.autodump.process.stream;
}
