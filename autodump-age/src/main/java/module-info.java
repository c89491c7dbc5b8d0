/**
 * The encryption of dumps for recipients, in the file format of age.
 *
 * @since 0.1.0
 */
// Jagged has no descriptor.
@SuppressWarnings("requires-automatic")
module io.autodump.age {
    requires com.exceptionfactory.jagged;
    requires com.exceptionfactory.jagged.framework;
    requires com.exceptionfactory.jagged.x25519;
    requires transitive io.autodump.core;

    exports io.autodump.age;
}
