package io.autodump.lambda.store;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpUpload;
import java.io.InputStream;

/** A store of a function that may neither read nor write dumps. */
abstract class StoreWithoutDumps implements DumpStore {
    @Override
    public final DumpUpload begin(DumpKey key) {
        throw notAllowed();
    }

    @Override
    public final void publish(DumpManifest manifest) {
        throw notAllowed();
    }

    @Override
    public final InputStream open(DumpKey key) {
        throw notAllowed();
    }

    @Override
    public final void discard(DumpManifest manifest) {
        throw notAllowed();
    }

    /** What the function may do instead. */
    abstract UnsupportedOperationException notAllowed();
}
