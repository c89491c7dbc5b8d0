package io.autodump.cli.doctor;

import io.autodump.core.error.Finding;
import java.util.List;

/** Looks at one thing that dumps need, and leaves it as it was. */
public interface Probe {
    /** What it found; never fails. */
    List<Finding> findings();
}
