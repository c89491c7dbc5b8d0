package io.autodump.examples.modular;

import io.autodump.aws.AwsClients;
import io.autodump.aws.s3.S3DumpStore;
import io.autodump.core.AutoDump;
import io.autodump.core.database.DatabaseSecret;
import io.autodump.core.database.Password;
import io.autodump.core.dump.DumpManifest;
import io.autodump.core.error.AutoDumpException;
import io.autodump.core.port.DumpProgress;
import io.autodump.core.port.DumpStore;
import io.autodump.local.store.DirectoryDumpStore;
import io.autodump.postgres.PostgresEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;

/** Backs up one database to a folder or to an S3 bucket, and reads the dump again. */
public final class TeamBackup {
    private static final String S3 = "s3://";

    private TeamBackup() {}

    /**
     * Runs once; the password is the first line of the standard input. The exit status is 0 if the dump is published
     * and whole.
     *
     * @param arguments the store (a folder or {@code s3://BUCKET}), host, port, database and user
     */
    public static void main(String[] arguments) {
        DatabaseSecret database = DatabaseSecret.builder()
                .host(arguments[1])
                .port(Integer.parseInt(arguments[2]))
                .database(arguments[3])
                .username(arguments[4])
                .password(Password.of(new Scanner(System.in, StandardCharsets.UTF_8).nextLine()))
                .build();
        try (AwsClients clients = AwsClients.create()) {
            System.out.println(backUp(database, store(arguments[0], clients)));
        } catch (AutoDumpException failed) {
            System.err.println(failed.report());
            System.exit(failed.code().category().exitStatus());
        }
    }

    /** AWS is asked for its region and credentials only if the store is in S3. */
    private static DumpStore store(String location, AwsClients clients) {
        return location.startsWith(S3)
                ? S3DumpStore.builder(clients.s3(), location.substring(S3.length()))
                        .build()
                : new DirectoryDumpStore(Path.of(location));
    }

    private static String backUp(DatabaseSecret database, DumpStore store) {
        AutoDump autoDump = AutoDump.builder()
                .engine(PostgresEngine.create())
                .dumpStore(store)
                .build();
        DumpManifest manifest = autoDump.dump("team", database).manifest();
        autoDump.verify(manifest.key(), DumpProgress.SILENT);
        return manifest.key() + ", " + manifest.storedBytes() + " bytes";
    }
}
