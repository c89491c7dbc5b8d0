package io.autodump.cli.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The section {@code drill:} of the configuration. All paths are absolute.
 *
 * @param assertions a file of SQL for every database, or a folder with {@code NAME.sql} for the secret NAME
 * @param folder the folder for the data of throw-away servers; empty for the folder for temporary files
 */
public record DrillSection(Optional<Path> assertions, Optional<Path> folder) {}
