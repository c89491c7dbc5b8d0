package io.autodump.dumper;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.port.DumpStore;
import io.autodump.core.port.DumpStores;
import io.autodump.core.testing.InMemoryDumpStore;
import io.autodump.testkit.DumpStoresContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowedBucketsContractTest extends DumpStoresContract {
    private final Map<String, DumpStore> buckets =
            Map.of("acme-dumps", new InMemoryDumpStore(), "acme-payroll", new InMemoryDumpStore());
    private final DumpStores stores = new AllowedBuckets(List.of("acme-dumps", "acme-payroll"), buckets::get);

    @Override
    protected DumpStores stores() {
        return stores;
    }

    @Override
    protected DatabaseSecret accepted() {
        return database(Optional.of("acme-payroll"));
    }

    @Override
    protected Optional<DatabaseSecret> refused() {
        return Optional.of(database(Optional.of("someone-elses")));
    }

    @Test
    void putsDumpsWhoseSecretNamesNoBucketIntoTheFirst() {
        assertThat(stores.of(database(Optional.empty()))).isSameAs(buckets.get("acme-dumps"));
        assertThat(stores.of(accepted())).isSameAs(buckets.get("acme-payroll"));
    }

    private static DatabaseSecret database(Optional<String> bucket) {
        return DatabaseSecret.builder()
                .host("localhost")
                .database("shop")
                .username("backup")
                .password(Password.of("geheim-4711"))
                .bucket(bucket)
                .build();
    }
}
