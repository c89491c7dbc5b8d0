package io.autodump.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autodump.core.dump.DumpKey;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.port.DumpIndex;
import io.autodump.core.port.DumpStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of {@link DumpIndex}: it shows the finished dumps of a store. */
public abstract class DumpIndexContract {
    /** Returns the index under test; the same one during a test. */
    protected abstract DumpIndex index();

    /** Returns the store whose dumps the index shows; empty when a test begins, and the same one during a test. */
    protected abstract DumpStore store();

    @Test
    void showsNothingWhereThereIsNothing() {
        assertThat(keys()).as("DumpIndex.list: an empty store").isEmpty();
        assertThat(index().find(SampleDumps.KEY))
                .as("DumpIndex.find: an empty store")
                .isEmpty();
    }

    @Test
    void showsAFinishedDump() {
        DumpManifest manifest = SampleDumps.publish(store(), SampleDumps.KEY);

        assertThat(keys()).as("DumpIndex.list: a finished dump").containsExactly(SampleDumps.KEY);
        assertThat(index().find(SampleDumps.KEY))
                .as("DumpIndex.find: the manifest as it was published")
                .contains(manifest);
    }

    @Test
    void showsNoFileWithoutAManifest() {
        SampleDumps.upload(store(), SampleDumps.KEY);

        assertThat(keys())
                .as("DumpIndex.list: a file without a manifest isn't a dump")
                .isEmpty();
        assertThat(index().find(SampleDumps.KEY))
                .as("DumpIndex.find: a file without a manifest isn't a dump")
                .isEmpty();
    }

    @Test
    void showsEachOfManyDumpsOnce() {
        List<DumpKey> expected = IntStream.range(0, 25)
                .mapToObj(i -> SampleDumps.key("team " + i + "/orders, ünïcödé & 100%"))
                .toList();
        expected.forEach(key -> SampleDumps.publish(store(), key));

        assertThat(keys())
                .as("DumpIndex.list: every finished dump, once")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void forgetsADeletedDump() {
        SampleDumps.publish(store(), SampleDumps.KEY);
        store().delete(SampleDumps.KEY);

        assertThat(keys()).as("DumpIndex.list: a deleted dump").isEmpty();
        assertThat(index().find(SampleDumps.KEY))
                .as("DumpIndex.find: a deleted dump")
                .isEmpty();
    }

    private List<DumpKey> keys() {
        try (Stream<DumpKey> keys = index().list()) {
            return keys.toList();
        }
    }
}
