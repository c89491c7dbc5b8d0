package io.autodump.postgres.restore;

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
    private static final String SCRIPT =
            "the dump is a plain script without a contents list: what the user may create isn't looked at";
    private static final String COLLISIONS =
            "objects of the same name in the target: not looked at, since the database needn't be empty";

    private PgRestorePlan() {}

    static RestorePlan of(TargetChecks.Findings found, Optional<ChosenEntries> chosen) {
        RestorePlan.Builder plan = RestorePlan.builder()
                .serverVersion(found.serverVersion())
                .createsDatabase(!found.there())
                .dropsDatabase(found.drops())
                .createdRoles(found.createdRoles());
        found.look().ifPresent(look -> plan.obstacles(look.obstacles()).addAllRemarks(look.remarks()));
        chosen.ifPresent(entries -> plan.contents(entries.counts()).leftOut(entries.leftOut()));
        if (chosen.isEmpty()) {
            plan.addRemarks(SCRIPT);
        }
        if (found.there()) {
            plan.addRemarks(COLLISIONS);
        }
        return plan.addAllRemarks(NEVER_KNOWN).build();
    }
}
