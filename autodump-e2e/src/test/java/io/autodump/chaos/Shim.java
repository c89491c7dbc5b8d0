package io.autodump.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Faults below the process: a library before libc, where there are Linux and a C compiler. */
final class Shim {
    /** Every change to a file. */
    static final String CHANGES = "create,write,pwrite64,fsync,fdatasync,rename,link,unlink,mkdir";

    private static final Path LIBRARY = Path.of("target/chaos-shim.so").toAbsolutePath();

    private final Map<String, String> variables = new HashMap<>();

    private Shim() {}

    /** Does nothing yet. */
    static Shim create() {
        compile();
        Shim shim = new Shim();
        shim.variables.put("LD_PRELOAD", LIBRARY.toString());
        return shim;
    }

    private static synchronized void compile() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "LD_PRELOAD is Linux's");
        if (Files.exists(LIBRARY)) {
            return;
        }
        Path source = LIBRARY.resolveSibling("chaos-shim.c");
        try (InputStream text = Shim.class.getResourceAsStream("/chaos/shim.c")) {
            Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-O1", "-o", LIBRARY.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start();
            assumeTrue(compiler.waitFor(1, TimeUnit.MINUTES) && compiler.exitValue() == 0, "the shim can be compiled");
        } catch (IOException noCompiler) {
            assumeTrue(false, "no C compiler is installed");
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Counts calls on paths that hold this text. */
    Shim on(String path, String calls) {
        variables.put("CHAOS_PATH", path);
        variables.put("CHAOS_CALLS", calls);
        return this;
    }

    Shim failFrom(int call, int errno) {
        variables.put("CHAOS_AT", String.valueOf(call));
        variables.put("CHAOS_ERRNO", String.valueOf(errno));
        return this;
    }

    Shim failOnce(int call, int errno) {
        variables.put("CHAOS_ONCE", "1");
        return failFrom(call, errno);
    }

    /** The work is done, and the answer says that it isn't. */
    Shim loseAnswer(int call, int errno) {
        variables.put("CHAOS_AFTER", "1");
        return failOnce(call, errno);
    }

    Shim killAt(int call) {
        variables.put("CHAOS_KILL", "1");
        return failFrom(call, 0);
    }

    Shim moveClock(long seconds) {
        variables.put("CHAOS_CLOCK", String.valueOf(seconds));
        return this;
    }

    Shim moveClockAfter(long seconds, long millis) {
        variables.put("CHAOS_CLOCK_AFTER", String.valueOf(millis));
        return moveClock(seconds);
    }

    Shim log(Path file) {
        variables.put("CHAOS_LOG", file.toString());
        return this;
    }

    Map<String, String> variables() {
        return variables;
    }

    static List<String> lines(Path log) {
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
