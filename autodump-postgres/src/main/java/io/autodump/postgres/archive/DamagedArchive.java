package io.autodump.postgres.archive;

import java.io.Serial;

/** Thrown if the structure of an archive isn't what {@code pg_dump} writes. The message says where. */
final class DamagedArchive extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    DamagedArchive(String message) {
        super(message);
    }
}
