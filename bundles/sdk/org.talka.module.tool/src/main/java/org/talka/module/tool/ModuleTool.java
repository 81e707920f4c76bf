/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.Trust;
import org.talka.module.internal.intake.TrustFolder;
import org.talka.module.internal.intake.TrustedKey;
import org.talka.module.internal.text.Catalogues;
import org.talka.module.internal.text.Words;

/**
 * {@code talka module keygen|sign|verify|inspect}. Reads archives with the reader of the server, so
 * that what passes here passes there, apart from what depends on the server itself. Ends with 0
 * when all is well, 1 when the archive is refused or nobody vouches for it, 2 when the command is
 * wrong.
 */
public final class ModuleTool {
  static final int WELL = 0;
  static final int REFUSED = 1;
  static final int MISUSED = 2;

  private static final String USAGE =
      """
      talka module keygen  --maker <name> [--modules <ids>] [--out <name>]
          makes <name>.key, which stays with you, and <name>.pub, which goes into trust folders;
          --modules: beginnings of the module ids that the key is for, with commas (* for all)
      talka module sign    <archive> --key <name>.key [--out <archive>]
          adds a digest list and a signature; in place without --out
      talka module verify  <archive> [--trust <folder or .pub file>]
          says who signed it; the trust folder is the server's own without --trust
      talka module inspect <archive>
          says what the archive holds, or why a server would refuse it
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final Path serversTrust;
  private final Locale locale;
  private final Words words = new Words();
  private final ArchiveReader reader = new ArchiveReader(ArchiveLimits.STANDARD);

  ModuleTool(PrintStream out, PrintStream err, Path serversTrust, Locale locale) {
    this.out = out;
    this.err = err;
    this.serversTrust = serversTrust;
    this.locale = locale;
    Map<String, Map<String, String>> catalogues = new LinkedHashMap<>();
    for (String language : List.of("en", "lv")) {
      catalogues.put(language, catalogue(language));
    }
    words.put(0, "core", catalogues);
  }

  private static Map<String, String> catalogue(String language) {
    String path = "/" + Catalogues.FOLDER + "/" + language + ".json";
    try (InputStream in = ArchiveReader.class.getResourceAsStream(path)) {
      return Catalogues.read(in);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public static void main(String[] arguments) {
    String data = System.getenv().getOrDefault("TALKA_DATA", "data");
    Path trust = Path.of(data, "trust");
    System.exit(
        new ModuleTool(System.out, System.err, trust, Locale.getDefault())
            .run(Arrays.asList(arguments)));
  }

  int run(List<String> arguments) {
    if (arguments.isEmpty() || Set.of("help", "--help", "-h").contains(arguments.get(0))) {
      out.print(USAGE);
      return arguments.isEmpty() ? MISUSED : WELL;
    }
    List<String> rest = arguments.subList(1, arguments.size());
    try {
      return switch (arguments.get(0)) {
        case "keygen" -> keygen(Arguments.of(rest, Set.of("maker", "modules", "out")));
        case "sign" -> sign(Arguments.of(rest, Set.of("key", "out")));
        case "verify" -> verify(Arguments.of(rest, Set.of("trust")));
        case "inspect" -> inspect(Arguments.of(rest, Set.of()));
        default -> throw new UsageException("There is no command " + arguments.get(0) + ".");
      };
    } catch (DomainException refused) {
      refusals(refused);
      return REFUSED;
    } catch (UsageException wrong) {
      err.println(wrong.getMessage());
      err.print(USAGE);
      return MISUSED;
    } catch (NoSuchFileException missing) {
      err.println("There is no file " + missing.getFile() + ".");
      return MISUSED;
    } catch (IOException failed) {
      err.println(failed.getMessage());
      return MISUSED;
    }
  }

  private void refusals(DomainException refused) {
    if (refused.fieldErrors().isEmpty()) {
      err.println(words.translate(refused.text(), locale));
    }
    for (FieldError error : refused.fieldErrors()) {
      String where = error.field().equals("file") ? "" : error.field() + ": ";
      err.println(where + words.translate(error.message(), locale));
    }
  }

  private int keygen(Arguments arguments) throws UsageException, IOException {
    if (!arguments.plain().isEmpty()) {
      throw new UsageException("Name the files with --out.");
    }
    String maker = arguments.needed("maker");
    if (maker.isBlank() || maker.chars().anyMatch(c -> c < ' ')) {
      throw new UsageException("The maker's name is one line.");
    }
    Path name = Path.of(arguments.option("out").orElse("talka-module"));
    List<String> modules =
        Arrays.stream(arguments.option("modules").orElse("").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .toList();
    TrustedKey key = MakerKey.make(name, maker, modules).open();
    out.println("Key " + key.id() + " of " + key.maker());
    out.println(name + ".key is yours alone: who has it can sign in your name.");
    out.println(name + ".pub goes into the trust folder of those who trust you.");
    return WELL;
  }

  private int sign(Arguments arguments) throws UsageException, IOException {
    Path file = Path.of(arguments.archive());
    MakerKey key = MakerKey.read(Path.of(arguments.needed("key")));
    byte[] content = Files.readAllBytes(file);
    read(file, content);
    byte[] signed = ArchiveSigner.sign(content, key);
    ModuleArchive archive = read(file, signed);
    Trust.Assessment assessment = TrustFolder.trusting(key.open()).verify(archive);
    if (assessment.verdict() != Trust.Verdict.SIGNED) {
      // another public half, or a key for other modules
      err.println(words.translate(assessment.text(), locale));
      return REFUSED;
    }
    write(Path.of(arguments.option("out").orElse(file.toString())), signed);
    out.println(words.translate(assessment.text(), locale));
    return WELL;
  }

  private static void write(Path target, byte[] content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path half = Files.createTempFile(folder, target.getFileName().toString(), ".part");
    try {
      Files.write(half, content);
      Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private ModuleArchive read(Path file, byte[] content) {
    return reader.read(file.getFileName().toString(), content);
  }

  private int verify(Arguments arguments) throws UsageException, IOException {
    Path file = Path.of(arguments.archive());
    Path trusted = Path.of(arguments.option("trust").orElse(serversTrust.toString()));
    ModuleArchive archive = read(file, Files.readAllBytes(file));
    Trust.Assessment assessment = trust(trusted).verify(archive);
    out.println(assessment.verdict() + " " + words.translate(assessment.text(), locale));
    return assessment.verdict().isTrusted() ? WELL : REFUSED;
  }

  private static Trust trust(Path trusted) throws IOException, UsageException {
    if (Files.isDirectory(trusted)) {
      return new TrustFolder(trusted);
    }
    if (!Files.isRegularFile(trusted)) {
      throw new UsageException(
          "There is no trust folder " + trusted + ". Name a folder or a .pub file with --trust.");
    }
    try {
      return TrustFolder.trusting(TrustedKey.read(Files.readString(trusted)));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(trusted + ": " + wrong.getMessage());
    }
  }

  private int inspect(Arguments arguments) throws UsageException, IOException {
    Path file = Path.of(arguments.archive());
    ModuleArchive archive = read(file, Files.readAllBytes(file));
    new Inspection(words, locale, out).print(archive);
    Trust.Assessment assessment = new TrustFolder(serversTrust).verify(archive);
    out.printf("%-14s%s%n", "signature", words.translate(assessment.text(), locale));
    if (assessment.verdict().isForged()) {
      err.println(words.translate(assessment.refusal(), locale));
      return REFUSED;
    }
    return WELL;
  }
}
