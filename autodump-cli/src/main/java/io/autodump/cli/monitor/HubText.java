package io.autodump.cli.monitor;

import io.autodump.cli.report.StatusDocument;
import io.autodump.cli.report.StatusText;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.terminal.Text;
import io.autodump.cli.wiring.AwsPlace;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.usecase.status.StatusReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Prints the status of several accounts and regions: one table, and what couldn't be reached. */
final class HubText {
    private static final List<String> HEADINGS = List.of("ACCOUNT", "REGION");

    private final Terminal terminal;
    private final List<Part> parts;

    HubText(Terminal terminal, List<Part> parts) {
        this.terminal = terminal;
        this.parts = parts;
    }

    /**
     * One account and region.
     *
     * @param name the options that chose it
     * @param place empty if AWS didn't say which account it is
     * @param report empty if it couldn't be reached
     * @param failure why it couldn't be reached
     */
    record Part(
            String name, Optional<AwsPlace> place, Optional<StatusReport> report, Optional<AutoDumpException> failure) {
        String where() {
            return place.map(AwsPlace::toString).orElse(name);
        }
    }

    /** When the last account was looked at. */
    private Optional<Instant> checkedAt() {
        return parts.stream()
                .flatMap(part -> part.report().stream())
                .map(StatusReport::checkedAt)
                .max(Comparator.naturalOrder());
    }

    void print() {
        List<StatusText.Section> sections = parts.stream()
                .flatMap(part -> part.report().map(report -> new StatusText.Section(place(part), report)).stream())
                .toList();
        checkedAt().ifPresent(now -> new StatusText(terminal, now).print(HEADINGS, sections));
        int unreached = parts.size() - sections.size();
        terminal.print(Text.count(parts.size(), "region") + " of accounts"
                + (unreached == 0 ? "" : ", of which " + unreached + " couldn't be looked at"));
    }

    private static List<String> place(Part part) {
        return part.place()
                .map(place -> List.of(place.account(), place.region()))
                .orElse(List.of("-", "-"));
    }

    /** Prints to the error stream, so that it is also seen beside a JSON document. */
    void warn() {
        for (Part part : parts) {
            part.failure().ifPresent(failure -> terminal.warn(part.where() + ": " + failure.report()));
            part.report()
                    .ifPresent(report ->
                            report.failures().forEach(failure -> terminal.warn(part.where() + ": " + failure)));
        }
    }

    String document() {
        return StatusDocument.ofSeveral(checkedAt(), targets -> {
            for (Part part : parts) {
                var node = targets.addObject();
                part.place()
                        .ifPresent(place -> node.put("account", place.account()).put("region", place.region()));
                node.put("target", part.name());
                part.report().ifPresent(report -> StatusDocument.write(report, node));
                part.failure().ifPresent(failure -> {
                    var error = node.putObject("error")
                            .put("code", failure.code().id())
                            .put("message", failure.description());
                    failure.hint().ifPresent(hint -> error.put("hint", hint));
                });
            }
        });
    }
}
