package io.autodump.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

/** What Maven Central asks of every POM that it takes. */
class PublishedPomTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Modules have these of their parent; the BOM has no parent. */
    private static final List<String> INHERITED = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    @ParameterizedTest
    @MethodSource("poms")
    void everyModuleHasANameAndADescription(Path pom) throws Exception {
        assertThat(missing(pom, List.of("name", "description"))).isEmpty();
    }

    @Test
    void theParentAndTheBomHaveTheRest() throws Exception {
        assertThat(missing(ROOT.resolve("pom.xml"), INHERITED)).isEmpty();
        assertThat(missing(ROOT.resolve("autodump-bom/pom.xml"), INHERITED)).isEmpty();
    }

    static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 3, (file, attributes) -> file.getFileName().toString().equals("pom.xml"))) {
            return files.filter(file -> !file.toString().contains(File.separator + "target" + File.separator))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> missing(Path pom, List<String> elements) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        List<String> missing = new java.util.ArrayList<>();
        for (String element : elements) {
            String value = XPathFactory.newInstance().newXPath().evaluate("/project/" + element, document);
            if (value.isBlank()) {
                missing.add(element);
            }
        }
        return missing;
    }
}
