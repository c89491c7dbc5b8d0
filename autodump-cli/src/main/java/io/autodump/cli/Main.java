package io.autodump.cli;

import io.autodump.cli.command.AutoDumpCommand;
import io.autodump.cli.config.ConfigurationFiles;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.InstalledEngines;
import io.autodump.cli.wiring.Interruption;
import io.autodump.cli.wiring.ProcessEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** Runs the command and ends the process with its exit status, or by the signal that it received. */
public final class Main {
    /** Enough for a child process to end before it is killed, and for the store to abort an upload. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private Main() {}

    public static void main(String[] arguments) {
        prepareInTheBackground();
        // Libraries log by java.util.logging to standard error. Each failure of theirs is reported by its own error.
        LogManager.getLogManager().reset();
        ProcessEnvironment surroundings = ProcessEnvironment.ofProcess();
        InstalledEngines.messagesTo(new Terminal(surroundings.streams(), false, false)::say);
        Interruption interruption = new Interruption();
        CountDownLatch ended = new CountDownLatch(1);
        if (!stopsOnSignal(new Thread(() -> stop(interruption, ended), "autodump-stop"))) {
            return;
        }
        int exitStatus;
        try {
            exitStatus = AutoDumpCommand.run(surroundings, InstalledEngines::of, interruption, List.of(arguments));
            surroundings.streams().out().flush();
            surroundings.streams().err().flush();
        } finally {
            // The work has ended, in one way or another.
            ended.countDown();
        }
        // While a signal ends the process, this call never returns. The status is then that of the signal, or 0 if the
        // command's work was to go on until the signal.
        System.exit(exitStatus);
    }

    /** Almost each command reads a configuration. The classes for it take as long to load as to parse the arguments. */
    private static void prepareInTheBackground() {
        Thread thread = new Thread(ConfigurationFiles::prepare, "autodump-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns false if a signal ends the process already. Nothing was begun, and its status is that of the signal. */
    private static boolean stopsOnSignal(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    /** Runs when the process ends. If a signal ends it, work may still be under way. */
    private static void stop(Interruption interruption, CountDownLatch ended) {
        if (ended.getCount() == 0 || !interruption.isAnythingUnderWay()) {
            return;
        }
        interruption.request();
        try {
            if (!ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("autodump: gave up waiting for its work to stop");
            } else if (interruption.isStoppedInOrder()) {
                // Service managers take the status of a signal for a failure. Nothing is left to clean up here.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
