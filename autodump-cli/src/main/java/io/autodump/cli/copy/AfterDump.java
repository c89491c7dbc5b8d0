package io.autodump.cli.copy;

import io.autodump.cli.report.WordedEvents;
import io.autodump.cli.terminal.Terminal;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.DumpCopies;
import io.autodump.core.copy.CopyReport;
import io.autodump.core.dump.DumpManifest;
import io.autodump.local.notify.Notifier;
import java.util.List;

/** Copies the dumps that a command has made. */
public final class AfterDump {
    private AfterDump() {}

    /**
     * Copies dumps, and earlier ones of their databases that lack their copy. Failures are warnings.
     *
     * @return what was copied, for each store
     */
    public static List<CopyReport> copy(Terminal terminal, Adapters machine, List<DumpManifest> dumps) {
        if (machine.configuration().copyTo().isEmpty()) {
            return List.of();
        }
        try (Notifier notifier = machine.notifier(terminal::warn);
                CopyText text = new CopyText(terminal, terminal::say)) {
            DumpCopies copies = DumpCopies.of(machine.wiredWithCopies()
                    .dumpEvents(new WordedEvents(notifier))
                    .build());
            List<CopyReport> reports = copies.copyAfter(dumps, text);
            text.warn(reports);
            return reports;
        }
    }
}
