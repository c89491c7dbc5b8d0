package io.autodump.core.restore;

/** Whether a restore creates the roles that the dump needs and the target server lacks. */
public enum RoleCreation {
    /** It doesn't: a missing role is an error. */
    NONE,
    /** It creates them as the dump defines them, but without the right to log in. */
    NOLOGIN,
    /** It creates them as the dump defines them. They have no password. */
    LOGIN
}
