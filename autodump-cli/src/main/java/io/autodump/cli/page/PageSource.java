package io.autodump.cli.page;

import io.autodump.cli.config.StoreLocation;
import io.autodump.cli.wiring.Adapters;
import io.autodump.core.Monitoring;
import io.autodump.core.usecase.status.OverviewReport;
import io.autodump.local.notify.ChannelState;
import io.autodump.local.notify.ChannelStates;
import io.autodump.local.notify.Subscription;
import java.util.List;

/** Looks at all databases for the page and the metrics. Thread-safe. */
public final class PageSource {
    /** So that an account with many databases costs no more than a few thousand reads. */
    private static final int MOST_FILES = 6000;

    private static final int FEWEST_OF_A_DATABASE = 10;
    private static final int MOST_OF_A_DATABASE = 60;

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
        int databases = Math.max(1, machine.tagged().secrets().size());
        int files = Math.max(FEWEST_OF_A_DATABASE, Math.min(MOST_OF_A_DATABASE, MOST_FILES / databases));
        return Monitoring.of(machine.wiredWithCopies().build()).overview(files);
    }

    /** Returns where the dumps are, for a person. */
    public String place() {
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
