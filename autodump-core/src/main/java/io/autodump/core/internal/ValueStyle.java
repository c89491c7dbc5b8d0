package io.autodump.core.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;

/**
 * The style of all generated value types: hidden behind their own builders, with JDK collections only. Class files
 * don't contain this annotation, because the compilers of library users would look for the annotations of Immutables,
 * which they don't have.
 */
@Target({ElementType.PACKAGE, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        overshadowImplementation = true,
        jdkOnly = true,
        redactedMask = "***",
        get = {"is*", "get*"})
public @interface ValueStyle {}
