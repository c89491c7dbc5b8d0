package io.autodump.dumper;

import com.google.common.base.Suppliers;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.RestoreCheck;
import java.io.InputStream;
import java.util.function.Supplier;

/** A restore check whose secret is read when a dump asks for it, and by no other. */
final class ScratchServer implements RestoreCheck {
    private final Supplier<RestoreCheck> check;

    ScratchServer(Supplier<RestoreCheck> check) {
        this.check = Suppliers.memoize(check::get);
    }

    @Override
    public void checkReady() {
        check.get().checkReady();
    }

    @Override
    public void prove(DumpManifest manifest, InputStream stored) {
        check.get().prove(manifest, stored);
    }
}
