package io.autodump.postgres.fidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autodump.core.dump.NotIncluded;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.postgres.client.PostgresClients;
import io.autodump.testkit.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of docs/fidelity.md, on one version of the server: dumped, restored and compared. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FidelityContract {
    private static final String NOT_INCLUDED = "not included: ";
    private static final int FIRST_WITH_READ_ALL_DATA = 14;

    private @Nullable Fidelity running;

    /** The major version of the server. */
    abstract int serverMajor();

    /** The server's binaries; null for those of the class path. */
    abstract @Nullable Path binaries();

    /** The client programs to choose from; an assumption fails if there are none. */
    abstract PostgresClients clients();

    @BeforeAll
    void start() {
        running = Fidelity.start(binaries(), serverMajor(), clients());
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    Stream<Arguments> rows() {
        List<String> users = serverMajor() < FIRST_WITH_READ_ALL_DATA
                ? List.of(TestPostgres.SUPERUSER)
                : List.of(TestPostgres.SUPERUSER, Fidelity.READER);
        return parts().flatMap(part -> users.stream().map(user -> Arguments.of(part, user, classOf(part, user))));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @MethodSource("rows")
    void isOfItsClass(Part part, String user, String expected) {
        switch (expected) {
            case "carried" -> isCarried(part, user, true);
            case "remade" -> isCarried(part, user, false);
            case "`--create`" -> isCarriedOnRequest(part, user);
            case "refused" -> isRefused(part, user);
            default -> isNotIncluded(part, user, expected);
        }
    }

    private void isCarried(Part part, String user, boolean inTheArchive) {
        String script = fidelity().script(part.database(), user);
        assertThat(part.dumped())
                .hasSize(inTheArchive ? 1 : 0)
                .allSatisfy(text -> assertThat(script).contains(text));
        assertThat(named(part, user, kinds(part))).isEmpty();
        if (part.restorable()) {
            String source = ask(part, part.database());
            assertThat(source).isNotEmpty();
            assertThat(ask(part, fidelity().created(part.database(), user))).isEqualTo(source);
            assertThat(ask(part, fidelity().existing(part.database(), user))).isEqualTo(source);
        }
    }

    private void isCarriedOnRequest(Part part, String user) {
        String source = ask(part, part.database());
        assertThat(source).isNotEmpty();
        assertThat(ask(part, fidelity().created(part.database(), user))).isEqualTo(source);
        assertThat(ask(part, fidelity().existing(part.database(), user))).isNotEqualTo(source);
        assertThat(named(part, user, kinds(part))).isEmpty();
    }

    private void isRefused(Part part, String user) {
        AutoDumpException refused =
                catchThrowableOfType(AutoDumpException.class, () -> fidelity().dump(part.database(), user));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.PRIVILEGES_MISSING);
        assertThat(refused.hint().orElseThrow()).contains("BYPASSRLS");
    }

    /** The report names it, and it is true: the archive doesn't have it, and it doesn't come back. */
    private void isNotIncluded(Part part, String user, String expected) {
        assertThat(named(part, user, List.of(kind(expected)))).containsExactlyInAnyOrderElementsOf(part.losses());
        String script = fidelity().script(part.database(), user);
        assertThat(part.dumped()).allSatisfy(text -> assertThat(script).doesNotContain(text));
        if (!part.probe().isEmpty()) {
            assertThat(ask(part, fidelity().created(part.database(), user))).isNotEqualTo(ask(part, part.database()));
        }
    }

    /** Nothing else is named than the parts that the table says aren't included. */
    @Test
    void theReportNamesNoMore() {
        for (String database : List.of("whole", "bare", "elsewhere", "labelled")) {
            for (String user : users()) {
                Set<String> expected = new HashSet<>();
                parts().filter(part -> part.database().equals(database)
                                && classOf(part, user).startsWith(NOT_INCLUDED))
                        .forEach(part -> expected.addAll(part.losses()));
                assertThat(notIncluded(database, user).stream().map(NotIncluded::name))
                        .as("%s of %s", database, user)
                        .hasSameElementsAs(expected);
            }
        }
    }

    /** Stock {@code pg_dump} of the source and of what came back: the same text, but for what is named. */
    @Test
    void stockPgDumpSeesNoOtherDifference() {
        for (String user : users()) {
            List<String> missing = new ArrayList<>(fidelity().referee("whole"));
            List<String> added = new ArrayList<>(fidelity().referee(fidelity().created("whole", user)));
            List<String> source = List.copyOf(missing);
            missing.removeAll(added);
            added.removeAll(source);
            assertThat(added).as("added by the dump of %s", user).allMatch(line -> isNamed(line, user));
            assertThat(missing).as("missing after the dump of %s", user).allMatch(line -> isNamed(line, user));
        }
    }

    /** A superuser's dump misses nothing that {@code pg_dump} writes; a reader's, subscriptions and hidden options. */
    private static boolean isNamed(String line, String user) {
        return user.equals(Fidelity.READER)
                && (line.contains("from_hub")
                        || line.contains("USER MAPPING")
                        || line.matches("    (?:password|\"user\") '.*")
                        || line.equals(");"));
    }

    @Test
    void theTableHasARowForEachPart() {
        assertThat(FidelityTable.rows().stream().map(row -> row.part() + " | " + row.versions()))
                .containsExactlyElementsOf(Parts.all().stream()
                        .map(part -> part.name() + " | " + part.versions())
                        .toList());
    }

    @Test
    void everyCatalogueOfTheServerIsInTheTable() {
        Set<String> named = FidelityTable.rows().stream()
                .flatMap(row -> row.catalogues().stream())
                .collect(Collectors.toSet());
        Set<String> outside = FidelityTable.notPartOfADatabase();
        assertThat(named).doesNotContainAnyElementsOf(outside);
        named.addAll(outside);
        String[] catalogues = fidelity()
                .ask(
                        "postgres",
                        "SELECT string_agg(relname, ' ') FROM pg_class"
                                + " WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'")
                .split(" ");
        assertThat(named).contains(catalogues);
    }

    private Fidelity fidelity() {
        assumeThat(running).isNotNull();
        return Objects.requireNonNull(running);
    }

    private List<String> users() {
        return rows().map(row -> (String) row.get()[1]).distinct().toList();
    }

    private Stream<Part> parts() {
        return Parts.all().stream().filter(part -> part.isOf(serverMajor()));
    }

    private static String classOf(Part part, String user) {
        FidelityTable.Row row = FidelityTable.rows().stream()
                .filter(candidate -> candidate.part().equals(part.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/fidelity.md has no row for " + part.name()));
        return user.equals(Fidelity.READER) ? row.reader() : row.superuser();
    }

    private String ask(Part part, String database) {
        return fidelity().ask(database, part.probe());
    }

    /** Those of the part's names that the report has under one of these kinds. */
    private List<String> named(Part part, String user, List<String> kinds) {
        return notIncluded(part.database(), user).stream()
                .filter(thing -> kinds.contains(thing.kind()))
                .map(NotIncluded::name)
                .filter(part.losses()::contains)
                .toList();
    }

    /** The kinds that the table names for the part, for any user. */
    private static List<String> kinds(Part part) {
        return Stream.of(classOf(part, TestPostgres.SUPERUSER), classOf(part, Fidelity.READER))
                .filter(word -> word.startsWith(NOT_INCLUDED))
                .map(FidelityContract::kind)
                .toList();
    }

    private static String kind(String notIncluded) {
        return notIncluded.substring(NOT_INCLUDED.length()).replace("`", "");
    }

    private List<NotIncluded> notIncluded(String database, String user) {
        return fidelity().dump(database, user).notIncluded();
    }
}
