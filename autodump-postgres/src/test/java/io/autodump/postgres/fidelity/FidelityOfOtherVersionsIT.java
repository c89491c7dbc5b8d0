package io.autodump.postgres.fidelity;

import io.autodump.postgres.OtherVersions;
import io.autodump.postgres.StockPrograms;
import io.autodump.postgres.client.PostgresClients;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On every other version of the server: some minutes, which "make test" spares. */
@EnabledIfSystemProperty(
        named = "autodump.test.full",
        matches = "true",
        disabledReason = "make test-all tests the other versions; or pass -Dautodump.test.full=true")
class FidelityOfOtherVersionsIT {
    abstract static class OnVersion extends FidelityContract {
        private final int major;

        OnVersion(int major) {
            this.major = major;
        }

        @Override
        int serverMajor() {
            return major;
        }

        @Override
        Path binaries() {
            return OtherVersions.server(major);
        }

        /** Those of the server's version, or the next newer ones. */
        @Override
        PostgresClients clients() {
            return major < 16 ? StockPrograms.CLIENTS : OtherVersions.clients(Math.max(major, 17));
        }
    }

    @Nested
    class On13 extends OnVersion {
        On13() {
            super(13);
        }
    }

    @Nested
    class On14 extends OnVersion {
        On14() {
            super(14);
        }
    }

    @Nested
    class On16 extends OnVersion {
        On16() {
            super(16);
        }
    }

    @Nested
    class On17 extends OnVersion {
        On17() {
            super(17);
        }
    }

    @Nested
    class On18 extends OnVersion {
        On18() {
            super(18);
        }
    }
}
