package io.autodump.e2e;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class OneMachineIT extends ScheduledRunContract {
    @TempDir
    private Path folder;

    @Override
    Deployment deploy(Instant now, TestInfo test) {
        return new OnOneMachine(folder, now);
    }
}
