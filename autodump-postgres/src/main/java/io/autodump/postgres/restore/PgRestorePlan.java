package io.autodump.postgres.restore;

import io.autodump.core.dump.DumpFormat;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.RestorePlan;
import io.autodump.postgres.contents.ChosenEntries;
import java.util.List;
import java.util.Optional;

/** Says what a restore would do. */
final class PgRestorePlan {
    private static final List<String> NEVER_KNOWN = List.of(
            "free space on the target's disk: not looked at",
            "rows that the target refuses, for example by a check constraint that calls a function: found as they are"
                    + " restored");
    private static final String COLLISIONS =
            "objects of the same name in the target: not looked at, since the database needn't be empty";

    private PgRestorePlan() {}

    static RestorePlan of(TargetChecks.Findings found, Optional<ChosenEntries> chosen, DumpFormat format) {
        RestorePlan.Builder plan = RestorePlan.builder()
                .serverVersion(found.serverVersion())
                .createsDatabase(!found.there())
                .dropsDatabase(found.drops())
                .createdRoles(found.createdRoles());
        found.look()
                .ifPresent(look ->
                        plan.obstacles(avoidable(look.obstacles(), format)).addAllRemarks(look.remarks()));
        chosen.ifPresent(entries -> plan.contents(entries.counts()).leftOut(entries.leftOut()));
        if (found.there()) {
            plan.addRemarks(COLLISIONS);
        }
        return plan.addAllRemarks(NEVER_KNOWN).build();
    }

    /** Of a plain script, no kind can be left out. */
    private static List<RestoreObstacle> avoidable(List<RestoreObstacle> obstacles, DumpFormat format) {
        return format == DumpFormat.CUSTOM
                ? obstacles
                : obstacles.stream()
                        .map(found -> new RestoreObstacle(
                                found.kind(), found.name(), found.why(), found.remedy(), Optional.empty()))
                        .toList();
    }
}
