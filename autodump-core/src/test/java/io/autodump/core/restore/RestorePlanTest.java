package io.autodump.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Hints;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorePlanTest {
    @Test
    void offersAllOptionsThatAreNeededBeforeASuperuser() {
        RestorePlan plan = RestorePlan.builder()
                .addObstacles(
                        new RestoreObstacle(
                                "publication",
                                "p",
                                "a superuser alone can create it",
                                "restore as a superuser",
                                Optional.of(SkippableKind.PUBLICATIONS)),
                        new RestoreObstacle(
                                "owner", "app", "the user isn't a member", Hints.NO_OWNERS, Optional.empty()))
                .build();

        AutoDumpException refused = catchThrowableOfType(AutoDumpException.class, plan::requirePossible);

        assertThat(refused.hint())
                .hasValue(Hints.SKIP + " publications, and " + Hints.NO_OWNERS + "; or restore as a superuser");
    }

    @Test
    void theHintNamesNoAlternativeThatDoesNotDoWithoutTheOption() {
        RestorePlan plan = RestorePlan.builder()
                .addObstacles(
                        owner("postgres", Hints.NO_OWNERS + ": it is the user's; or GRANT postgres TO app"),
                        owner("reader", Hints.NO_OWNERS + ": it is the user's"))
                .build();

        assertThat(hint(plan)).isEqualTo(Hints.NO_OWNERS + ": it is the user's");
    }

    private static RestoreObstacle owner(String name, String remedy) {
        return new RestoreObstacle("owner", name, "it can't own", remedy, Optional.empty());
    }

    @Test
    void theHintNamesTheCreationOfRolesOnce() {
        RestorePlan plan = RestorePlan.builder()
                .obstacles(List.of(role("reader", Optional.empty()), role("writer", Optional.empty())))
                .addObstacles(role("mapped", Optional.of(SkippableKind.USER_MAPPINGS)))
                .build();
        RestorePlan avoidable = RestorePlan.builder()
                .addObstacles(role("mapped", Optional.of(SkippableKind.USER_MAPPINGS)))
                .addObstacles(role("other", Optional.of(SkippableKind.USER_MAPPINGS)))
                .build();

        assertThat(hint(plan))
                .isEqualTo(Hints.SKIP + " user-mappings, and " + Hints.CREATE_ROLES
                        + ", or CREATE ROLE reader; CREATE ROLE writer");
        assertThat(hint(avoidable))
                .isEqualTo(Hints.SKIP + " user-mappings; or " + Hints.CREATE_ROLES
                        + ", or CREATE ROLE mapped; CREATE ROLE other");
    }

    private static RestoreObstacle role(String name, Optional<SkippableKind> skip) {
        return new RestoreObstacle(
                "role", name, "it is missing", Hints.CREATE_ROLES + ", or CREATE ROLE " + name, skip);
    }

    private static String hint(RestorePlan plan) {
        return catchThrowableOfType(AutoDumpException.class, plan::requirePossible)
                .hint()
                .orElseThrow();
    }
}
