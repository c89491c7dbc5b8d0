package io.autodump.textfile;

import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.port.DatabaseEngine;
import io.autodump.testkit.EngineContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class TextFileEngineContractTest extends EngineContract {
    @TempDir
    private Path folder;

    private int names;

    @BeforeEach
    void create() throws IOException {
        Files.writeString(folder.resolve("filled"), "ünïcödé\nand a line without an end");
        Files.writeString(folder.resolve("empty"), "");
        Files.writeString(folder.resolve("scratch"), "");
    }

    @Override
    protected DatabaseEngine engine() {
        return new TextFileEngine();
    }

    @Override
    protected DatabaseEngine failingAtItsEnd() {
        return new TextFileEngine(TextFileEngine.SCRIPT + "; echo 'cat: error: ran out' >&2; exit 1");
    }

    @Override
    protected DatabaseEngine hanging() {
        return new TextFileEngine(TextFileEngine.SCRIPT + "; sleep 600");
    }

    @Override
    protected DatabaseSecret filledDatabase() {
        return database(folder, "filled");
    }

    @Override
    protected DatabaseSecret emptyDatabase() {
        return database(folder, "empty");
    }

    @Override
    protected DatabaseSecret newDatabase() {
        names++;
        return database(folder, "new-" + names);
    }

    @Override
    protected DatabaseSecret scratchServer() {
        return database(folder, "scratch");
    }

    @Override
    protected DatabaseSecret unreachable() {
        return database(folder.resolve("nowhere"), "filled");
    }

    @Override
    protected Optional<DatabaseSecret> withWrongPassword() {
        return Optional.empty();
    }

    @Override
    protected String contents(DatabaseSecret database) {
        try {
            return Files.readString(TextFileEngine.file(database));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static DatabaseSecret database(Path folder, String name) {
        return DatabaseSecret.builder()
                .engine("textfile")
                .host(folder.toString())
                .database(name)
                .username("nobody")
                .password(Password.of("none"))
                .build();
    }
}
