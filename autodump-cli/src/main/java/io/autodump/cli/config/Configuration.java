package io.autodump.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code autodump.yaml} says, checked; every path is absolute.
 *
 * @param file where it was read from
 * @param secrets the folder of secrets
 * @param store the folder of dumps
 * @param state the folder in which the scheduler keeps its runs
 * @param scratch the secret of the server that {@code autodump:verify} = {@code restore} restores into
 * @param clients folders with PostgreSQL's client programs; empty to look for them in the usual places
 * @param stallTimeout after how long without a byte a dump is given up; empty for the dumper's own default
 * @param maxConcurrentDumps how many dumps the scheduler makes at the same time
 */
public record Configuration(
        Path file,
        Path secrets,
        Path store,
        Path state,
        Optional<String> scratch,
        List<Path> clients,
        Optional<Duration> stallTimeout,
        int maxConcurrentDumps) {
    /** The name of the file that is looked for in the working folder. */
    public static final String FILE_NAME = "autodump.yaml";

    public Configuration {
        clients = List.copyOf(clients);
    }
}
