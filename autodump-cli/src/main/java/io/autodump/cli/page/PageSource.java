package io.autodump.cli.page;

import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.report.CommandHints;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.page.ReportPage;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.local.notify.ChannelState;
import io.autodump.local.notify.ChannelStates;
import io.autodump.local.notify.Subscription;
import java.util.List;

/** Looks at all databases for the page and the metrics. Thread-safe. */
public final class PageSource {
    private final Adapters machine;

    /** Looks through these adapters. */
    public PageSource(Adapters machine) {
        this.machine = machine;
    }

    /**
     * Looks now.
     *
     * @throws io.autodump.core.error.AutoDumpException {@code STORE_FAILED} if the store can't be listed
     */
    public OverviewReport look() {
        return Monitoring.of(machine.wiredWithCopies().build())
                .overview(ReportPage.files(machine.tagged().secrets().size()));
    }

    /** Returns the page as HTML. */
    public String page(OverviewReport report) {
        return new ReportPage(report, place(), CommandHints.WORDS).html();
    }

    private String place() {
        return "Dumps in "
                + (machine.configuration().store() instanceof StoreLocation.Folder folder
                        ? folder.path()
                        : machine.configuration().store());
    }

    /** Returns how well the channels work. */
    List<ChannelState> channels() {
        ChannelStates states = new ChannelStates(machine.configuration().state(), machine.clock(), problem -> {});
        return machine.configuration().channels().stream()
                .map(Subscription::name)
                .map(states::of)
                .toList();
    }
}
