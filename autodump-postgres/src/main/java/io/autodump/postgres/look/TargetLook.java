package io.autodump.postgres.look;

import io.autodump.core.dump.RestoreOptions;
import io.autodump.core.restore.RestoreObstacle;
import io.autodump.core.restore.RestoredPart;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.server.DatabaseProperties;
import io.autodump.core.server.ServerNeeds;
import io.autodump.postgres.contents.ArchiveEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The look at a target before a restore: at what of the dump the server, or the user, can't take.
 *
 * @param obstacles what would fail
 * @param remarks what will differ, or can't be known
 */
public record TargetLook(List<RestoreObstacle> obstacles, List<String> remarks) {
    public TargetLook {
        obstacles = List.copyOf(obstacles);
        remarks = List.copyOf(remarks);
    }

    /**
     * Looks.
     *
     * @param entries what will be restored
     * @param created the database that will be created; empty if it is there
     * @param missingRoles the roles of the dump that the server won't have
     */
    public static TargetLook take(
            TargetServer server,
            List<ArchiveEntry> entries,
            ServerNeeds needs,
            Optional<DatabaseProperties> created,
            RestoreOptions options,
            Set<String> missingRoles)
            throws SQLException {
        Obstacles obstacles = new Obstacles();
        if (created.isPresent()) {
            new LocaleLook(server, obstacles).run(created.get(), options.locale());
        }
        List<String> remarks = new ArrayList<>();
        new EntryLook(server, obstacles, remarks).run(entries);
        new ExtensionLook(server, obstacles, remarks).run(entries, needs.extensions());
        new OwnerLook(server, obstacles).run(entries, !options.noOwner());
        new RoleLook(obstacles, missingRoles).run(entries, needs.rolesInRows());
        PlaceLook places = new PlaceLook(server, obstacles);
        places.run(entries, !options.skip().contains(SkippableKind.TABLESPACES));
        if (options.part() == RestoredPart.DATA) {
            places.tables(entries);
        }
        return new TargetLook(obstacles.all(), remarks);
    }
}
