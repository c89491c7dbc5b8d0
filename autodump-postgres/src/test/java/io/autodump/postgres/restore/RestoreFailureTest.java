package io.autodump.postgres.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Hints;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreFailureTest {
    private static final DatabaseSecret TARGET = DatabaseSecret.builder()
            .username("limited")
            .password(Password.of("x"))
            .database("copy")
            .host("localhost")
            .engine("postgres")
            .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR:  must be member of role \"appowner\"",
                "ERROR:  must be able to SET ROLE \"appowner\"",
                "ERROR:  permission denied for schema public",
                "ERROR:  must be owner of extension citext"
            })
    void offersToLeaveOwnersOutOnlyWhereThatIsPossible(String error) {
        assertThat(hint(error, true)).startsWith(Hints.NO_OWNERS);
        assertThat(hint(error, false)).doesNotContain(Hints.NO_OWNERS).isNotBlank();
    }

    @Test
    void namesTheGrant() {
        assertThat(hint("ERROR:  must be member of role \"app owner\"", false))
                .isEqualTo("GRANT \"app owner\" TO limited");
    }

    @Test
    void namesRowsThatTheForeignKeyOfTheSourceForbids() {
        String error = "ERROR:  insert or update on table \"c\" violates foreign key constraint \"c_i_fkey\"";
        assertThat(hint(error, true)).contains("triggers were off", Hints.SKIP + " foreign-keys");
    }

    @Test
    void saysThatViewsCanBeFilledLater() {
        String error = "ERROR:  query would be affected by row-level security policy for table \"t\" | Command was: ";
        assertThat(hint(error + "REFRESH MATERIALIZED VIEW public.m;", true))
                .contains(Hints.SKIP + " materialized-view-data");
        assertThat(hint(error + "COPY public.t (i) FROM stdin;", true)).doesNotContain(Hints.SKIP);
    }

    /** Parameters of applications and extensions have a dot. pg_dump sets others, which older servers don't know. */
    @Test
    void tellsParametersOfApplicationsFromThoseOfNewerClients() {
        assertThat(hint("ERROR:  unrecognized configuration parameter \"app.tenant\"", true))
                .contains("ALTER ROLE limited SET app.tenant = ")
                .doesNotContain("newer");
        assertThat(hint("ERROR:  unrecognized configuration parameter \"transaction_timeout\"", true))
                .contains("a client newer than the target server");
    }

    @Test
    void namesTheFunctionThatFailsForRows() {
        String error = "pg_restore: error: COPY failed for table \"z_big\": ERROR:  division by zero"
                + " | CONTEXT:  SQL function \"share\" statement 1 | COPY z_big, line 1: \"7\"";
        assertThat(hint(error, true)).contains("function share", "trigger of z_big", "reads another table");
    }

    private static String hint(String error, boolean ownersOptional) {
        return failure(error, ownersOptional).hint().orElseThrow();
    }

    private static AutoDumpException failure(String error, boolean ownersOptional) {
        return RestoreFailure.of("psql 15.18", 3, error, TARGET, ownersOptional);
    }

    @Test
    void saysThatADumpOfSomeSchemasNeedsOthers() {
        AutoDumpException missing = RestoreFailure.ofSchemas(
                failure("ERROR:  type \"public.hstore\" does not exist", false), List.of("shop", "app"));
        AutoDumpException full = failure("ERROR:  No space left on device", false);

        assertThat(missing.hint().orElseThrow())
                .startsWith("the dump holds the schemas shop, app alone")
                .contains(Hints.INTO_NONEMPTY);
        assertThat(RestoreFailure.ofSchemas(full, List.of("shop"))).isSameAs(full);
    }
}
