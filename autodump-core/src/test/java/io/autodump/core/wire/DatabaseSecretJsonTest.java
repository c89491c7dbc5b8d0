package io.autodump.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.database.TlsMode;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.error.InvalidInputException;
import io.autodump.core.error.Problem;
import io.autodump.core.secret.SecretValue;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSecretJsonTest {
    private static final Set<String> ENGINES = Set.of("postgres", "aurora-postgresql");
    private static final String REQUIRED =
            "'username':'app','password':'hunter2','databasename':'shop','endpoint':'db.example.com','engine':'postgres'";

    @Test
    void readsTheOwnVocabulary() {
        DatabaseSecret secret = parse(
                "{" + REQUIRED
                        + ",'bucketname':'dumps','port':6432,'sslmode':'verify-ca','sslrootcert':'/ca.pem','prefix':'/nightly/'}");

        assertThat(secret)
                .isEqualTo(DatabaseSecret.builder()
                        .username("app")
                        .password(Password.of("hunter2"))
                        .database("shop")
                        .host("db.example.com")
                        .engine("postgres")
                        .bucket("dumps")
                        .port(6432)
                        .tls(TlsMode.VERIFY_CA)
                        .sslRootCert("/ca.pem")
                        .prefix("nightly")
                        .build());
    }

    @Test
    void readsTheVocabularyOfSecretsThatRdsMakes() {
        DatabaseSecret secret = parse("{'username':'app','password':'hunter2','dbname':'shop','host':'db.example.com',"
                + "'engine':'aurora-postgresql','port':'5433','dbClusterIdentifier':'shop-cluster'}");

        assertThat(secret.database()).isEqualTo("shop");
        assertThat(secret.host()).isEqualTo("db.example.com");
        assertThat(secret.port()).isEqualTo(5433);
        assertThat(secret.bucket()).isEmpty();
    }

    @Test
    void verifiesTheServerFullyUnlessItIsLocal() {
        assertThat(parse("{" + REQUIRED + "}").tls()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(parse("{" + REQUIRED.replace("db.example.com", "localhost") + "}")
                        .tls())
                .isEqualTo(TlsMode.DISABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "127.0.0.1, true",
        "127.9.8.7, true",
        "::1, true",
        "/run/postgresql, true",
        "127.evil.example, false",
        "localhost.example, false",
        "10.0.0.1, false"
    })
    void tellsLocalHostsFromOthers(String host, boolean local) {
        assertThat(parse("{" + REQUIRED.replace("db.example.com", host) + "}").isLocal())
                .isEqualTo(local);
    }

    @Test
    void reportsEveryProblemAtOnceByKey() {
        InvalidInputException invalid = invalid("{'username':'','password':7,'endpoint':'db.example.com:5432',"
                + "'engine':'mysql','port':'many','sslmode':'prefer','prefix':'a/../b','bucketname':'No'}");

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        assertThat(invalid.problems())
                .extracting(Problem::where)
                .containsExactlyInAnyOrder(
                        "username",
                        "password",
                        "databasename or dbname",
                        "endpoint",
                        "engine",
                        "port",
                        "sslmode",
                        "prefix",
                        "bucketname");
    }

    /** No key could have it. */
    @Test
    void refusesAPrefixThatIsTooLongForAKey() {
        InvalidInputException invalid =
                invalid("{'username':'app','password':'x','databasename':'shop','endpoint':'db',"
                        + "'engine':'postgres','prefix':'" + "a".repeat(2000) + "'}");

        assertThat(invalid.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.where()).isEqualTo("prefix"));
    }

    @Test
    void neverShowsAValueInAProblem() {
        InvalidInputException invalid = invalid(
                "{'username':'app','password':'hunter2\\nhunter2','databasename':'geheim','endpoint':'geheim://x',"
                        + "'engine':'geheim','port':'geheim','sslmode':'geheim'}");

        assertThat(invalid.problems()).hasSize(5);
        assertThat(invalid.report()).doesNotContain("hunter2", "geheim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "'hunter2'",
                "['hunter2']",
                "{'password':'hunter2'",
                "{'password':hunter2}",
                "{'password':'hunter2','password':'hunter2'}",
                "{} 'hunter2'",
                "{'password':'hunter2\u0001'}"
            })
    void neverShowsTextThatIsNoJsonObject(String text) {
        AutoDumpException invalid = catchThrowableOfType(AutoDumpException.class, () -> parse(text));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        for (Throwable cause = invalid; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource({"ssl_mode, sslmode", "sslrootcer, sslrootcert", "Port, port", "prefx, prefix"})
    void refusesASlipOfAnOptionalKeyRatherThanWeakenTheConnectionInSilence(String given, String meant) {
        assertThat(invalid("{" + REQUIRED + ",'" + given + "':'x'}").problems())
                .containsExactly(new Problem(given, "isn't a known key; did you mean " + meant + "?"));
    }

    @Test
    void refusesTwoVocabulariesThatContradictEachOther() {
        assertThat(invalid("{" + REQUIRED + ",'host':'other.example.com'}").problems())
                .containsExactly(new Problem("endpoint and host", "contradict each other; keep one"));
        assertThat(parse("{" + REQUIRED + ",'host':'db.example.com'}").host()).isEqualTo("db.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "1.5", "true", "''"})
    void refusesAPortThatIsNone(String port) {
        assertThat(invalid("{" + REQUIRED + ",'port':" + port + "}").problems())
                .extracting(Problem::where)
                .containsExactly("port");
    }

    @Test
    void namesTheEnginesOfTheProcessAndTheNearestOne() {
        assertThat(invalid("{" + REQUIRED.replace("'postgres'", "'postgers'") + "}")
                        .problems())
                .extracting(Problem::what)
                .containsExactly("must be one of aurora-postgresql, postgres; write postgres");
    }

    @Test
    void takesAnyEngineWhereTheEnginesAreNotKnown() {
        String value = "{" + REQUIRED.replace("'postgres'", "'mysql'").replace('\'', '"') + "}";

        assertThat(DatabaseSecretJson.parse("orders", SecretValue.of(value)).engine())
                .isEqualTo("mysql");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'db '                 | has a blank at its beginning or its end; remove it",
                "' db'                 | has a blank at its beginning or its end; remove it",
                "a,b                   | must be one host; AutoDump doesn't choose between several",
                "db?sslmode=disable&x= | must be a host name (letters",
                "@x                    | must be a host name (letters",
                "db/x                  | must be a host name (letters",
                "bücher.example        | begins with xn--",
                "db.example.com:5432   | the port has a key of its own, port",
                "postgres://db         | the port has a key of its own, port",
            })
    void saysWhatIsWrongWithAnEndpoint(String endpoint, String problem) {
        InvalidInputException invalid = invalid("{" + REQUIRED.replace("db.example.com", endpoint) + "}");

        assertThat(invalid.problems()).singleElement().satisfies(found -> {
            assertThat(found.where()).isEqualTo("endpoint");
            assertThat(found.what()).contains(problem);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db",
                "DB_1.internal.",
                "10.0.0.1",
                "::1",
                "[fe80::1%eth0]",
                "2001:db8::10.0.0.1",
                "/run/my sockets"
            })
    void takesEveryKindOfHost(String host) {
        assertThat(parse("{" + REQUIRED.replace("db.example.com", host) + "}").host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql, postgres",
        "PostgreSQL, postgres",
        "psql, postgres",
        "aurora, aurora-postgresql",
        "aurora-postgres, aurora-postgresql"
    })
    void saysHowAnEngineIsWritten(String engine, String meant) {
        assertThat(invalid("{" + REQUIRED.replace("'postgres'", "'" + engine + "'") + "}")
                        .problems())
                .containsExactly(new Problem("engine", "must be one of aurora-postgresql, postgres; write " + meant));
    }

    @Test
    void namesAByteOrderMark() {
        AutoDumpException invalid =
                catchThrowableOfType(AutoDumpException.class, () -> parse("\uFEFF{" + REQUIRED + "}"));

        assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_SECRET_VALUE);
        assertThat(invalid).hasMessageContaining("begins with a byte-order mark");
        assertThat(invalid.hint().orElseThrow()).startsWith("save it as UTF-8 without a byte-order mark");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':'1','a':'2'}  | it has a key twice, at line 1, column",
                "{'a':'x\ty'}       | it has a tab, a line break or another control character between quotes, at line"
                        + " 1",
            })
    void namesAMistakeInJsonByItsKind(String json, String kind) {
        AutoDumpException invalid = catchThrowableOfType(AutoDumpException.class, () -> parse(json));

        assertThat(invalid).hasMessageContaining(kind);
    }

    @Test
    void saysWhatSecretsOfRdsLack() {
        assertThat(invalid("{'username':'app','password':'hunter2'}").hint().orElseThrow())
                .startsWith("RDS manages a secret with username and password alone");
        assertThat(invalid("{'username':'app','password':'hunter2','host':'db','engine':'postgres','port':5432,"
                                + "'dbInstanceIdentifier':'shop'}")
                        .hint()
                        .orElseThrow())
                .startsWith("set the secret's tag autodump:database, or add \"dbname\"");
    }

    private static InvalidInputException invalid(String json) {
        return catchThrowableOfType(InvalidInputException.class, () -> parse(json));
    }

    private static DatabaseSecret parse(String json) {
        return DatabaseSecretJson.parse("orders", SecretValue.of(json.replace('\'', '"')), ENGINES);
    }
}
