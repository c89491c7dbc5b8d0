package io.autodump.core.usecase.restore;

import io.autodump.core.dump.DumpManifest;
import java.util.Optional;

/**
 * A dump that was read from end to end and found whole.
 *
 * @param manifest what it was held against
 * @param archiveEntries entries that its own contents list has; empty for a plain script
 */
public record VerifyReport(DumpManifest manifest, Optional<Integer> archiveEntries) {}
