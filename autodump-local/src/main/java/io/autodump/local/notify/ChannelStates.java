package io.autodump.local.notify;

import io.autodump.core.internal.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The states of channels, in files below the state folder of the scheduler. Thread-safe. */
public final class ChannelStates {
    private final StateFiles files;
    private final InstantSource clock;
    private final Consumer<String> problems;

    /**
     * The states below a state folder.
     *
     * @param problems receives what can't be read or written, in words
     */
    public ChannelStates(Path stateFolder, InstantSource clock, Consumer<String> problems) {
        this.files = new StateFiles(stateFolder.resolve("notify").resolve("channels"));
        this.clock = clock;
        this.problems = problems;
    }

    /** Returns the state of a channel, which may never have been used. */
    public synchronized ChannelState of(String name) {
        try {
            return files.read(name).map(ChannelState::of).orElse(ChannelState.unused(name));
        } catch (IOException unreadable) {
            problems.accept("the state of channel " + name + " can't be read: " + IoReason.of(unreadable));
            return ChannelState.unused(name);
        }
    }

    void delivered(String name) {
        change(name, state -> state.delivered(clock.instant()));
    }

    void failed(String name, String why) {
        change(name, state -> state.failed(clock.instant(), why));
    }

    private synchronized void change(String name, UnaryOperator<ChannelState> change) {
        try {
            files.write(name, change.apply(of(name)).toJson());
        } catch (IOException unwritable) {
            problems.accept("the state of channel " + name + " can't be written: " + IoReason.of(unwritable));
        }
    }
}
