package io.autodump.cli.wiring;

import io.autodump.core.record.RunPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The name of this machine, for the records of failed runs. No network is needed, because it may be what failed. */
public final class MachineName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private MachineName() {}

    /** Returns this machine; without a name if none is found. */
    public static RunPlace place() {
        return new RunPlace(
                fromKernel().or(() -> fromEnvironment(System.getenv())), Optional.empty(), Optional.empty());
    }

    private static Optional<String> fromKernel() {
        try {
            return Optional.of(Files.readString(LINUX).strip()).filter(name -> !name.isEmpty());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static Optional<String> fromEnvironment(Map<String, String> variables) {
        return Stream.of("HOSTNAME", "COMPUTERNAME")
                .flatMap(name -> Optional.ofNullable(variables.get(name)).stream())
                .findFirst();
    }
}
