package io.autodump.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.Hints;
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
}
