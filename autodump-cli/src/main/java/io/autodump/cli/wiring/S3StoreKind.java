package io.autodump.cli.wiring;

import io.autodump.cli.config.Configuration;
import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.doctor.Probe;
import io.autodump.core.contract.BucketName;
import io.autodump.core.port.DumpStore;
import java.util.ArrayList;
import java.util.List;

/** A bucket of S3, or of a store with the same protocol: {@code s3://BUCKET/PREFIX}. */
final class S3StoreKind implements StoreKind {
    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public StoreLocation.Remote parse(String uri) {
        String rest = uri.startsWith("s3://") ? uri.substring("s3://".length()) : "";
        if (!BucketName.isValid(rest.split("/", 2)[0])) {
            throw new IllegalArgumentException("\"" + uri
                    + "\" isn't s3://BUCKET or s3://BUCKET/PREFIX; a bucket's name has " + BucketName.SYNTAX);
        }
        return StoreLocation.Remote.parse(uri);
    }

    @Override
    public DumpStore open(StoreLocation.Remote location, Access access) {
        return access.aws().get().store(location, access.use());
    }

    @Override
    public List<Probe> probes(StoreLocation.Remote location, Access access) {
        List<Probe> probes = new ArrayList<>();
        probes.add(() -> access.aws().get().storeProbe(location).findings());
        if (!isOnAws(access.configuration())) {
            probes.add(() -> access.aws().get().uploadProbe(location).findings());
        }
        probes.add(() -> access.aws().get().leftoversProbe(location).findings());
        return probes;
    }

    /** A store with an endpoint of its own isn't a service of AWS. */
    @Override
    public boolean isOnAws(Configuration configuration) {
        return configuration.aws().store().endpoint().isEmpty();
    }
}
