package io.autodump.local.run;

import io.autodump.core.port.RunScheduler;
import io.autodump.testkit.RunSchedulerContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileRunSchedulerContractTest extends RunSchedulerContract {
    private final Path state;
    private final RunScheduler scheduler;

    FileRunSchedulerContractTest(@TempDir Path folder) {
        state = folder.resolve("state");
        scheduler = new FileRunScheduler(state);
    }

    @Override
    protected RunScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected RunScheduler afterRestart() {
        return new FileRunScheduler(state);
    }
}
