package io.autodump.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import io.autodump.core.dump.DumpSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The Javadoc page of every public Builder")
class BuildersTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** A public method, with the end of a comment if there is one right before it or before its annotations. */
    private static final Pattern PUBLIC_METHOD =
            Pattern.compile("(\\*/\\s+(?:@\\w+\\s+)*)?public (?:abstract |final )*[\\w.<>?, ]+ (\\w+)\\(");

    @Test
    void isCheckedForAllOfThem() throws IOException {
        assertThat(builders()).hasSizeGreaterThan(10).contains(DumpSettings.Builder.class);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void inheritsNothingThatOnlyTheCompilerSees(Class<?> builder) {
        assertThat(builder.getSuperclass()).isEqualTo(Object.class);
    }

    @ParameterizedTest
    @MethodSource("generated")
    void listsEverySetterThatExists(Class<?> builder) throws ClassNotFoundException {
        Set<String> setters = signatures(builder, method -> Modifier.isAbstract(method.getModifiers()));

        assertThat(setters).isEqualTo(signatures(generated(builder), method -> true));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void describesEverySetter(Class<?> builder) throws IOException {
        String source = Files.readString(
                SOURCES.resolve(builder.getEnclosingClass().getName().replace('.', '/') + ".java"));
        Matcher method = PUBLIC_METHOD.matcher(source.substring(source.indexOf("class Builder")));
        while (method.find()) {
            assertThat(method.group(1))
                    .as("the comment before " + method.group(2))
                    .isNotNull();
        }
    }

    static List<Class<?>> builders() throws IOException {
        return ClassPath.from(AutoDump.class.getClassLoader()).getTopLevelClassesRecursive("io.autodump.core").stream()
                .<Class<?>>map(ClassPath.ClassInfo::load)
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .flatMap(type -> Arrays.stream(type.getDeclaredClasses()))
                .filter(type -> Modifier.isPublic(type.getModifiers())
                        && type.getSimpleName().equals("Builder"))
                .toList();
    }

    static List<Class<?>> generated() throws IOException {
        return builders().stream()
                .filter(builder -> Modifier.isAbstract(builder.getModifiers()))
                .toList();
    }

    private static Class<?> generated(Class<?> builder) throws ClassNotFoundException {
        Class<?> value = builder.getEnclosingClass();
        return Class.forName(value.getPackageName() + ".Immutable" + value.getSimpleName() + "$Builder");
    }

    private static Set<String> signatures(Class<?> type, Predicate<Method> wanted) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .filter(wanted)
                .map(BuildersTest::signature)
                .collect(Collectors.toSet());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getGenericParameterTypes());
    }
}
