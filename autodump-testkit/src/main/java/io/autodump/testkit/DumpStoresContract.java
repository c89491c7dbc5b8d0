package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.port.DumpStores;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of {@link DumpStores}. */
public abstract class DumpStoresContract {
    /** Returns the choice under test. Its stores are empty when a test begins. */
    protected abstract DumpStores stores();

    /** Returns a database whose dumps have a store. */
    protected abstract DatabaseSecret accepted();

    /** Returns a database whose owner asks for a store that isn't allowed. Empty if every database is accepted. */
    protected abstract Optional<DatabaseSecret> refused();

    @Test
    void givesEqualDatabasesTheSameStore() {
        DatabaseSecret equal = DatabaseSecret.builder().from(accepted()).build();
        DumpManifest manifest = SampleDumps.publish(stores().of(accepted()), SampleDumps.KEY);

        assertThat(stores().of(equal).find(SampleDumps.KEY))
                .as("DumpStores.of: equal databases get stores with the same contents")
                .contains(manifest);
    }

    @Test
    void refusesAStoreThatIsNotAllowed() {
        refused()
                .ifPresent(database -> Failures.assertCode(
                        "DumpStores.of: a store that isn't allowed",
                        () -> stores().of(database),
                        ErrorCode.INVALID_SECRET_VALUE));
    }

    @Test
    void showsNoPasswordInARefusal() {
        refused()
                .ifPresent(database -> assertThat(
                                Failures.expected(() -> stores().of(database)).report())
                        .as("AutoDumpException.report: no password")
                        .doesNotContain(database.password().reveal()));
    }
}
