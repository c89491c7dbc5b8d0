package io.autodump.testkit;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.port.DumpStores;
import io.autodump.core.testing.InMemoryDumpStore;
import java.util.Optional;

final class OneStoreContractTest extends DumpStoresContract {
    private final DumpStores stores = DumpStores.always(new InMemoryDumpStore());

    @Override
    protected DumpStores stores() {
        return stores;
    }

    @Override
    protected DatabaseSecret accepted() {
        return DatabaseSecret.builder()
                .host("localhost")
                .database("shop")
                .username("backup")
                .password(Password.of("geheim"))
                .build();
    }

    @Override
    protected Optional<DatabaseSecret> refused() {
        return Optional.empty();
    }
}
