package io.autodump.cli.doctor;

import io.autodump.core.error.Finding;
import java.util.List;

/** Checks one thing that dumps need, and changes nothing. */
public interface Probe {
    /** The findings. Never throws: a failure is a finding. */
    List<Finding> findings();
}
