package io.autodump.cli.monitor;

import io.autodump.cli.report.CommandHints;
import io.autodump.cli.terminal.Text;
import io.autodump.core.Monitoring;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.error.ErrorCode;
import io.autodump.core.usecase.status.DatabaseStatus;
import io.autodump.core.usecase.status.StatusReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The status of all databases of several accounts and regions. One that can't be reached doesn't hide the others. */
final class HubStatus {
    private static final int AT_ONCE = 8;

    private HubStatus() {}

    /** Looks at all targets, several at a time; returns the results in their order. */
    static List<HubText.Part> of(List<HubTarget> targets, Duration margin, List<String> names) {
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(AT_ONCE, targets.size()));
        try {
            List<Callable<HubText.Part>> looks = targets.stream()
                    .<Callable<HubText.Part>>map(target -> () -> look(target, margin, names))
                    .toList();
            List<HubText.Part> parts =
                    executor.invokeAll(looks).stream().map(HubStatus::result).toList();
            requireKnown(parts, names);
            return parts;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AutoDumpException(
                    ErrorCode.INTERRUPTED,
                    "the look at all accounts was interrupted; nothing was changed",
                    "run it again");
        } finally {
            executor.shutdownNow();
        }
    }

    /** Refuses a name that is in none of the accounts, unless one of them couldn't be reached. */
    private static void requireKnown(List<HubText.Part> parts, List<String> names) {
        if (parts.stream().anyMatch(part -> part.failure().isPresent())) {
            return;
        }
        Set<String> known = parts.stream()
                .flatMap(part -> part.report().stream())
                .flatMap(report -> report.databases().stream())
                .map(DatabaseStatus::secretName)
                .collect(Collectors.toSet());
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new AutoDumpException(
                    ErrorCode.SECRET_NOT_FOUND,
                    "there is no tagged secret \"" + Text.line(name)
                            + "\" in any of these accounts and regions; nothing was changed",
                    "list all with: autodump status, without names");
        });
    }

    private static HubText.Part result(Future<HubText.Part> ended) {
        try {
            return ended.get();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static HubText.Part look(HubTarget target, Duration margin, List<String> names) {
        Optional<HubTarget.Opened> opened = Optional.empty();
        try {
            opened = Optional.of(target.opener().get());
            requireOnAws(opened.get());
            StatusReport report =
                    Monitoring.of(opened.get().adapters().autoDump(), margin).status(names);
            return new HubText.Part(
                    target.toString(), opened.map(HubTarget.Opened::place), Optional.of(report), Optional.empty());
        } catch (AutoDumpException failed) {
            return new HubText.Part(
                    target.toString(),
                    opened.map(HubTarget.Opened::place),
                    Optional.empty(),
                    Optional.of(CommandHints.WORDS.in(failed)));
        }
    }

    private static void requireOnAws(HubTarget.Opened opened) {
        if (!opened.adapters().configuration().hasSecretsOnAws()) {
            throw new AutoDumpException(
                    ErrorCode.INVALID_ARGUMENT,
                    "several profiles or regions are for secrets on AWS, and those of this configuration are elsewhere;"
                            + " nothing was done",
                    "set \"secrets: aws\", or pass --secrets aws");
        }
    }

    /** That of trouble with a database, or else that of the worst account that couldn't be reached or read. */
    static int exitStatus(List<HubText.Part> parts) {
        boolean trouble = parts.stream()
                .flatMap(part -> part.report().stream())
                .anyMatch(report -> !report.trouble().isEmpty());
        if (trouble) {
            return StatusCommand.TROUBLE;
        }
        Stream<Integer> unreachable = parts.stream()
                .flatMap(part -> part.failure().stream())
                .map(failure -> failure.code().category().exitStatus());
        Stream<Integer> unread =
                parts.stream().flatMap(part -> part.report().stream()).map(StatusCommand::exitStatus);
        return Stream.concat(unreachable, unread)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }
}
