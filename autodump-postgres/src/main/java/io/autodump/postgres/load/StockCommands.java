package io.autodump.postgres.load;

import io.autodump.core.contract.StoredFileCommand;
import io.autodump.core.dump.DumpPart;
import io.autodump.core.encryption.DumpEncryption;
import io.autodump.postgres.connection.Sql;
import java.util.ArrayList;
import java.util.List;

/** The shell commands that restore a dump of several parts with PostgreSQL's own programs. */
public final class StockCommands {
    private static final String PG_RESTORE = "pg_restore --exit-on-error --dbname=\"$PGDATABASE\"";
    private static final String PSQL = "psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1";

    private StockCommands() {}

    /**
     * Returns the commands, which take the connection from the environment ({@code PGHOST}, {@code PGDATABASE}, …).
     *
     * @param encoding in which the rows are
     * @param encrypted whether the stored files are encrypted and have {@code .age} behind the names of the parts; the
     *     commands then take the file of an identity from {@code AGE_IDENTITY}
     */
    public static List<String> of(DumpPart archive, List<DumpPart> data, String encoding, boolean encrypted) {
        List<String> commands = new ArrayList<>();
        commands.add(read(archive, encrypted, PG_RESTORE + " --section=pre-data --section=data"));
        String session = "SET client_encoding = " + Sql.literal(encoding) + "; SET xmloption = content";
        for (DumpPart part : data) {
            String copy =
                    "COPY " + part.table().orElseThrow() + " (" + String.join(", ", part.columns()) + ") FROM STDIN";
            commands.add(read(part, encrypted, PSQL + " --command=" + quoted(session) + " --command=" + quoted(copy)));
        }
        commands.add(read(archive, encrypted, PG_RESTORE + " --section=post-data"));
        return List.copyOf(commands);
    }

    private static String read(DumpPart part, boolean encrypted, String command) {
        String file = part.name() + (encrypted ? DumpEncryption.EXTENSION : "");
        return StoredFileCommand.of(file, part.compression(), encrypted)
                .map(read -> read + " | " + command)
                .orElse(command + " < " + file);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
