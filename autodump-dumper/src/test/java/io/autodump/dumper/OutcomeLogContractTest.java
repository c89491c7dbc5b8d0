package io.autodump.dumper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autodump.core.port.DumpEvents;
import io.autodump.testkit.DumpEventsContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

class OutcomeLogContractTest extends DumpEventsContract {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);
    private final OutcomeLog log = new OutcomeLog(new JsonLog(out, Clock.systemUTC()));

    @Override
    protected DumpEvents events() {
        return log;
    }

    @Override
    protected List<String> received() {
        return bytes.toString(UTF_8).lines().toList();
    }

    @Override
    protected void breakReceiver() {
        out.close();
    }
}
