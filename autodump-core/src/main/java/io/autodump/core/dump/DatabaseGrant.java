package io.autodump.core.dump;

import java.util.Optional;

/**
 * A privilege on a database. Immutable.
 *
 * @param grantee the role that has it; empty for {@code PUBLIC}
 * @param privilege {@code CONNECT}, {@code CREATE} or {@code TEMPORARY}
 * @param grantable whether the grantee may grant it to others
 */
public record DatabaseGrant(Optional<String> grantee, String privilege, boolean grantable) {}
