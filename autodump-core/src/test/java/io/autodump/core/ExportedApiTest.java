package io.autodump.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.autodump.core.usecase.Ports;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The exported packages")
class ExportedApiTest {
    private static final Set<String> NOT_API =
            Set.of("io.autodump.core.internal", "io.autodump.core.page", "io.autodump.core.usecase");
    private static final Path CLASSES = Path.of("target/classes");

    @Test
    void areAllPackagesButTheInternalOnes() throws IOException {
        Set<String> all = mainClasses().stream().map(Class::getPackageName).collect(Collectors.toSet());

        assertThat(exported()).isEqualTo(Sets.difference(all, NOT_API));
    }

    @Test
    void mentionNoTypeThatTheirUsersCannotSee() throws IOException {
        Set<String> exported = exported();

        assertThat(mainClasses().stream()
                        .filter(type ->
                                Modifier.isPublic(type.getModifiers()) && exported.contains(type.getPackageName()))
                        .flatMap(ExportedApiTest::mentions)
                        .filter(mention -> !mention.type().getPackageName().startsWith("java."))
                        .filter(mention -> !exported.contains(mention.type().getPackageName()))
                        .filter(mention -> !isForAutoDumpAlone(mention)))
                .isEmpty();
    }

    /** Use cases have factories that only the front door can call, because their parameter isn't exported. */
    private static boolean isForAutoDumpAlone(Mention mention) {
        return mention.type().equals(Ports.class)
                && mention.where().contains("static")
                && mention.where().contains(".of(");
    }

    private record Mention(String where, Class<?> type) {}

    private static Set<String> exported() throws IOException {
        try (InputStream descriptor = Files.newInputStream(CLASSES.resolve("module-info.class"))) {
            return ModuleDescriptor.read(descriptor).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toSet());
        }
    }

    private static List<Class<?>> mainClasses() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .<Class<?>>map(file -> load(file.replaceAll("\\.class$", "").replace(File.separatorChar, '.')))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, AutoDump.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Stream<Mention> mentions(Class<?> type) {
        Stream<Mention> supertypes = Stream.concat(Stream.of(type.getInterfaces()), superclass(type))
                .map(mentioned -> new Mention(type.getName(), mentioned));
        Stream<Mention> executables = Stream.concat(Stream.of(type.getDeclaredMethods()), constructors(type))
                .filter(ExportedApiTest::isSeen)
                .flatMap(ExportedApiTest::mentions);
        Stream<Mention> fields = Stream.of(type.getDeclaredFields())
                .filter(ExportedApiTest::isSeen)
                .map((Field field) -> new Mention(field.toString(), component(field.getType())));
        return Stream.of(supertypes, executables, fields).flatMap(mention -> mention);
    }

    private static Stream<Mention> mentions(Executable executable) {
        Stream<Class<?>> result =
                executable instanceof Method method ? Stream.of(method.getReturnType()) : Stream.empty();
        return Stream.of(result, Stream.of(executable.getParameterTypes()), Stream.of(executable.getExceptionTypes()))
                .flatMap(types -> types)
                .map(mentioned -> new Mention(executable.toString(), component(mentioned)));
    }

    private static Stream<Class<?>> superclass(Class<?> type) {
        return Stream.<Class<?>>iterate(type.getSuperclass(), next -> next != null, next -> null)
                .limit(1);
    }

    private static Stream<? extends Executable> constructors(Class<?> type) {
        return Stream.of(type.getDeclaredConstructors());
    }

    private static boolean isSeen(Member member) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()));
    }

    private static Class<?> component(Class<?> type) {
        return type.isArray() ? component(type.getComponentType()) : type;
    }
}
