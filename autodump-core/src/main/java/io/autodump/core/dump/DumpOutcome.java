package io.autodump.core.dump;

/**
 * What came of a run that ended well.
 *
 * @param manifest of the dump, which exists
 * @param alreadyThere whether an earlier attempt at the same run had finished it, so that nothing was dumped now
 */
public record DumpOutcome(DumpManifest manifest, boolean alreadyThere) {}
