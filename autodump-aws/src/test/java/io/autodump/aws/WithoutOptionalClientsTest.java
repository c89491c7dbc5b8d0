package io.autodump.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import io.autodump.aws.event.EventBridgeDumpEvents;
import io.autodump.aws.event.SnsDumpEvents;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.aws.secretsmanager.SecretsManagerCatalog;
import io.autodump.aws.stepfunctions.StartRate;
import io.autodump.aws.stepfunctions.StepFunctionsRunScheduler;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program that has {@code autodump-aws} and none of its optional dependencies. */
class WithoutOptionalClientsTest {
    private static final Pattern OPTIONAL = Pattern.compile(".*[/\\\\](sfn|sns|eventbridge)-[^/\\\\]*\\.jar");

    private final URLClassLoader program = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader());

    @AfterEach
    void close() throws IOException {
        program.close();
    }

    @Test
    void hasNoneOfThem() {
        assertThatThrownBy(() -> program.loadClass("software.amazon.awssdk.services.sfn.SfnClient"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    /** Reflection resolves the type of every parameter and result, so a hidden need would show. */
    @Test
    void loadsClientsStoreAndSecrets() throws Exception {
        assertThat(load(AwsClients.class).getMethods()).isNotEmpty();
        assertThat(load(AwsClientsBuilder.class).getMethods()).isNotEmpty();
        assertThat(load(S3DumpStore.class).getMethods()).isNotEmpty();
        assertThat(load(SecretsManagerCatalog.class).getMethods()).isNotEmpty();
        assertThat(clients()).isNotNull();
    }

    @Test
    void namesTheLibraryThatStepFunctionsNeeds() {
        assertThatThrownBy(() -> create(
                        StepFunctionsRunScheduler.class,
                        clients(),
                        "arn",
                        load(StartRate.class)
                                .getMethod("of", double.class, int.class)
                                .invoke(null, 1.0, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Step Functions needs the library software.amazon.awssdk:sfn");
    }

    @Test
    void namesTheLibraryThatAnEventChannelNeeds() {
        Consumer<Object> failures = failure -> {};
        assertThatThrownBy(() -> create(SnsDumpEvents.class, clients(), "arn", failures))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("software.amazon.awssdk:sns");
        assertThatThrownBy(() -> create(EventBridgeDumpEvents.class, clients(), "default", failures))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("software.amazon.awssdk:eventbridge");
    }

    private Object clients() throws ReflectiveOperationException {
        return load(AwsClients.class).getMethod("create").invoke(null);
    }

    /** Calls the class's {@code create} as the program would: without a look at its constructors. */
    private void create(Class<?> type, Object... arguments) throws Throwable {
        Class<?> loaded = load(type);
        Class<?>[] parameters = {
            load(AwsClients.class),
            String.class,
            type == StepFunctionsRunScheduler.class ? load(StartRate.class) : Consumer.class
        };
        try {
            loaded.getMethod("create", parameters).invoke(null, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Class<?> load(Class<?> type) throws ClassNotFoundException {
        return program.loadClass(type.getName());
    }

    private static URL[] jars() {
        return Splitter.on(File.pathSeparatorChar)
                .splitToStream(System.getProperty("java.class.path"))
                .filter(path -> !OPTIONAL.matcher(path).matches())
                .map(WithoutOptionalClientsTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(path, impossible);
        }
    }
}
