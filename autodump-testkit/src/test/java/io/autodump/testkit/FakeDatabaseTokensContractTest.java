package io.autodump.testkit;

import io.autodump.core.port.DatabaseTokens;
import io.autodump.core.testing.FakeDatabaseTokens;

class FakeDatabaseTokensContractTest extends DatabaseTokensContract {
    @Override
    protected DatabaseTokens tokens() {
        return FakeDatabaseTokens.create();
    }

    @Override
    protected DatabaseTokens withoutMeans() {
        return FakeDatabaseTokens.withoutCredentials();
    }
}
