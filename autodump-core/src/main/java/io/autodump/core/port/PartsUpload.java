package io.autodump.core.port;

/**
 * The files of one dump that are being written to a {@link DumpStore}. Closing it without a commit removes all of them,
 * as far as the store lets it, and nothing stays that is listed. {@link #part} is thread-safe; the other methods are
 * called when no part is in use any more.
 */
public interface PartsUpload extends AutoCloseable {
    /**
     * Begins a part. Several may be open at a time, each in one thread. Each is committed on its own. A part whose
     * upload failed or was closed may be begun again, and replaces what is left of it.
     *
     * @param name as {@link io.autodump.core.dump.DumpPart#name()}
     * @return an upload that behaves as that of {@link DumpStore#begin}
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED} if the store can't be written to
     * @throws IllegalArgumentException if no part can have this name
     * @throws IllegalStateException after the commit, or if a part of this name is open or committed
     */
    DumpUpload part(String name);

    /**
     * Keeps the committed parts. They aren't a dump yet: {@link DumpStore#publish} makes them one, {@link
     * DumpStore#discard} removes them.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED} if they can't be made durable
     * @throws IllegalStateException if a part is open, or if it was called before
     */
    void commit();

    /** Aborts open parts and removes committed ones, unless {@link #commit} was called. Throws nothing. */
    @Override
    void close();
}
