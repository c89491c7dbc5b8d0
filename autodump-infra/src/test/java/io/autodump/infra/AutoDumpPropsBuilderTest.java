package io.autodump.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The Javadoc page of AutoDumpProps.Builder")
class AutoDumpPropsBuilderTest {
    @Test
    void listsEverySetterThatExists() {
        // Javadoc shows the public methods of a class that isn't public on the pages of its subclasses.
        assertThat(Modifier.isPublic(AutoDumpPropsSetters.class.getModifiers())).isFalse();
        assertThat(AutoDumpPropsSetters.class.getSuperclass()).isEqualTo(Object.class);
        assertThat(Sets.union(publicMethods(AutoDumpProps.Builder.class), publicMethods(AutoDumpPropsSetters.class)))
                .isEqualTo(publicMethods(ImmutableAutoDumpProps.Builder.class));
    }

    private static Set<String> publicMethods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .map(AutoDumpPropsBuilderTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getGenericParameterTypes());
    }
}
