package io.autodump.postgres.look;

import io.autodump.core.error.Hints;
import io.autodump.core.restore.SkippableKind;
import io.autodump.core.server.RequiredExtension;
import io.autodump.postgres.contents.ArchiveEntry;
import io.autodump.postgres.contents.EntryKinds;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds extensions that the server doesn't have, or that the user can't install. */
final class ExtensionLook {
    private final TargetServer server;
    private final Obstacles obstacles;
    private final List<String> remarks;

    ExtensionLook(TargetServer server, Obstacles obstacles, List<String> remarks) {
        this.server = server;
        this.obstacles = obstacles;
        this.remarks = remarks;
    }

    /**
     * Looks.
     *
     * @param dumped the versions, where they are known
     */
    void run(List<ArchiveEntry> entries, List<RequiredExtension> dumped) throws SQLException {
        List<String> names = entries.stream()
                .filter(entry -> entry.kind().equals("EXTENSION"))
                .map(ArchiveEntry::name)
                .toList();
        Map<String, TargetServer.Available> available = server.extensions(names).stream()
                .collect(Collectors.toMap(TargetServer.Available::name, Function.identity()));
        Map<String, String> versions =
                dumped.stream().collect(Collectors.toMap(RequiredExtension::name, RequiredExtension::version));
        for (String name : names) {
            String version = versions.getOrDefault(name, "");
            if (available.containsKey(name)) {
                look(available.get(name), version);
            } else {
                obstacles.add(
                        "extension",
                        version.isEmpty() ? name : name + " " + version,
                        "the target server doesn't have it",
                        "install the extension's package on the target server",
                        SkippableKind.EXTENSIONS);
            }
        }
        comments(entries, available);
    }

    private void look(TargetServer.Available extension, String dumped) {
        String version = extension.installed().orElse(extension.version());
        if (!dumped.isEmpty() && !dumped.equals(version)) {
            remarks.add("extension " + extension.name() + ": the dump is of version " + dumped + ", the target has "
                    + version);
        }
        if (extension.installed().isPresent() || server.isSuperuser() || !extension.bySuperuser()) {
            return;
        }
        if (server.isManaged()) {
            remarks.add("extension " + extension.name() + ": the service may let its administrator install it");
        } else {
            obstacles.add(
                    "extension",
                    extension.name(),
                    "a superuser alone can install it",
                    "let a superuser install it in the target first, then " + Hints.INTO_NONEMPTY,
                    SkippableKind.EXTENSIONS);
        }
    }

    private void comments(List<ArchiveEntry> entries, Map<String, TargetServer.Available> available) {
        entries.stream()
                .filter(entry -> EntryKinds.is(entry, SkippableKind.EXTENSION_COMMENTS))
                .map(entry -> available.get(entry.name().substring("EXTENSION ".length())))
                .filter(extension -> extension != null && extension.foreign())
                .forEach(extension -> obstacles.add(
                        "comment on extension",
                        extension.name(),
                        "it is installed in the target and belongs to another role",
                        "restore as a superuser",
                        SkippableKind.EXTENSION_COMMENTS));
    }
}
