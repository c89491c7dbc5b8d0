package io.autodump.postgres.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnerlessScriptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE public.t OWNER TO app;\n",
                "ALTER FUNCTION public.f(a integer) OWNER TO \"a b;c\";\n",
                "ALTER LARGE OBJECT 16400 OWNER TO app;\n",
                "GRANT SELECT(a,b) ON TABLE public.t TO PUBLIC;\n",
                "REVOKE ALL ON FUNCTION public.f('x;') FROM PUBLIC;\n",
                "ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES  TO reader;\n",
                "SET SESSION AUTHORIZATION app;\nRESET SESSION AUTHORIZATION;\n"
            })
    void leavesOwnersAndPrivilegesOut(String statement) throws IOException {
        assertThat(filtered("SET x = 1;\n" + statement + "\nSET y = 2;\n")).isEqualTo("SET x = 1;\n\nSET y = 2;\n");
    }

    /** Each holds a line that would be left out if it were a statement. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $_$\n$$;\nGRANT a TO b;\n$_$;\n",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\nGRANT a TO b;\n$$;\n",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 'a;\nGRANT a TO b;\n';\nEND;\n",
                "COMMENT ON TABLE t IS 'it''s\nGRANT a TO b;\n';\n",
                "COMMENT ON TABLE t IS E'\\\\ \\'\nGRANT a TO b;\n''\nGRANT a TO b;\n';\n",
                "SET standard_conforming_strings = off;\n\nCOMMENT ON TABLE t IS '\\'\nGRANT a TO b;\n';\n",
                "COMMENT ON TABLE \"a\"\"\nGRANT a TO b;\n\" IS 'x';\n",
                "COMMENT ON TABLE a$b IS '$b\nGRANT a TO b;\n$';\n",
                "CREATE RULE r AS ON INSERT TO t DO (SELECT 1;\nGRANT a TO b;\n);\n",
                "CREATE VIEW v AS SELECT 1 /* /*/ '*/ ; */ ;\nCOMMENT ON VIEW v IS 'x\nGRANT a TO b;\n';\n",
                "CREATE VIEW v AS SELECT 1 -- it's\n;\nCOMMENT ON VIEW v IS 'x\nGRANT a TO b;\n';\n",
                "COPY public.t (a) FROM stdin;\nGRANT a TO b;\n\\.x\n\\\\.\n;'$$\n\\.\n\n\nSET x = 1;\n",
                "COPY public.t (a) FROM stdin;\n\\.\nCOPY public.u (a) FROM stdin;\nGRANT a TO b;\n\\.\n",
                "ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x OWNER TO y';\n",
                "-- GRANT a TO b;\n--\n\\restrict GRANT\n",
                "SELECT $1, 'no end\nGRANT a TO b;\n"
            })
    void leavesTheRestAsItIs(String script) throws IOException {
        assertThat(filtered(script)).isEqualTo(script);
    }

    /** Longer than what is held of a statement, of a buffer, and of both. */
    @Test
    void passesLongThingsOn() throws IOException {
        String body = "GRANT a TO b;\n".repeat(200_000);
        String script = "SELECT '" + body + "';\nCOPY t (a) FROM stdin;\n" + body + "\\.\n";

        assertThat(filtered(script + "GRANT a TO b;\n")).isEqualTo(script);
    }

    private static String filtered(String script) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream filtered =
                OwnerlessScript.of(new ByteArrayInputStream(script.getBytes(StandardCharsets.ISO_8859_1)))) {
            byte[] piece = new byte[777];
            for (int read = filtered.read(piece); read >= 0; read = filtered.read(piece)) {
                all.write(piece, 0, read);
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }
}
