package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.port.DumpStore;
import java.util.List;
import java.util.function.Supplier;

/** A kind of store behind URIs with one scheme. {@link InstalledStores} has one object of each kind. Thread-safe. */
interface StoreKind {
    /**
     * What a kind may use to open a store.
     *
     * @param configuration the settings of the command, for this store
     * @param aws the AWS account of the configuration; loads the AWS SDK when it is first asked for
     * @param use what the store is for
     */
    record Access(Configuration configuration, Supplier<AwsAccount> aws, Use use) {}

    /** What a store is for. */
    enum Use {
        /** Dumps. */
        DUMPS,
        /** Copies, which are made while dumps are: an upload takes half of the memory that one of a dump may take. */
        COPIES
    }

    /** The scheme of its URIs, without {@code ://}. */
    String scheme();

    /**
     * Reads the URI of a store. Looks at the text only.
     *
     * @param uri begins with the scheme and a colon
     * @throws IllegalArgumentException if the URI is wrong; the message says what is valid
     */
    StoreLocation.Remote parse(String uri);

    /** Opens a store. Makes no call yet. */
    DumpStore open(StoreLocation.Remote location, Access access);

    /** Returns the checks of {@code autodump doctor} for a store: can it be listed, read and written? */
    List<Probe> probes(StoreLocation.Remote location, Access access);

    /** Returns whether the store is a service of an AWS account. */
    default boolean isOnAws(Configuration configuration) {
        return false;
    }
}
