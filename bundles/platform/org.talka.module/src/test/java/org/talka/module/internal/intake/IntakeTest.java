/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.Trust.Verdict;
import org.talka.module.internal.store.Artifact;

class IntakeTest {
  private final KeyPair maker = TestJar.key();
  private final KeyPair stranger = TestJar.key();
  private final byte[] unsigned = TestJar.module("problem").bytes();
  private Path home;

  @BeforeEach
  void trust(@TempDir Path folder) throws Exception {
    home = folder;
    intake(TrustMode.WARN);
    trust("maker", maker, "problem");
  }

  private void trust(String name, KeyPair key, String... modules) throws Exception {
    Files.write(
        home.resolve("trust/" + name + ".pub"),
        TrustedKey.of("Maker Ltd", key.getPublic(), List.of(modules)).write());
  }

  private Intake intake(TrustMode mode) {
    return new Intake(
        home.resolve("modules"),
        home.resolve("trust"),
        mode,
        () -> Set.of("org.talka.api.ticket", "com.fasterxml.jackson.databind", "org.w3c.dom"));
  }

  private static Text refusal(Intake intake, byte[] archive) {
    DomainException refused =
        assertThrows(DomainException.class, () -> intake.accept("m.jar", archive));
    return refused.fieldErrors().get(0).message();
  }

  private static Trust.Assessment assessed(Intake intake, byte[] archive) {
    return intake.verify(intake.reader().read("m.jar", archive));
  }

  private byte[] signed(KeyPair key) {
    return TestJar.module("problem").signed(key).bytes();
  }

  /** Signed, and changed afterwards. */
  private byte[] changed() {
    return TestJar.module("problem").signed(maker).entry("TALKA-INF/more.json", "{}").bytes();
  }

  private byte[] forged() {
    Map<String, String> digests = TestJar.module("problem").digests();
    TestJar other = TestJar.module("problem").sealed(new byte[0], maker);
    return other.entry(Seal.LIST, Seal.list(digests)).bytes();
  }

  @Test
  void saysWhoseAnArchiveIs() throws Exception {
    Intake intake = intake(TrustMode.WARN);
    assertEquals(Verdict.UNSIGNED, assessed(intake, unsigned).verdict());
    Trust.Assessment signed = assessed(intake, signed(maker));
    assertEquals(Verdict.SIGNED, signed.verdict());
    assertEquals("Maker Ltd", signed.maker());
    assertEquals(Verdict.UNKNOWN_KEY, assessed(intake, signed(stranger)).verdict());
    Trust.Assessment changed = assessed(intake, changed());
    assertEquals(Verdict.DIGEST_MISMATCH, changed.verdict());
    assertEquals("TALKA-INF/more.json", changed.entry());
    assertEquals(Verdict.WRONG_SIGNATURE, assessed(intake, forged()).verdict());
    byte[] foreign = TestJar.module("change").signed(maker).bytes();
    assertEquals(Verdict.PREFIX_NOT_ALLOWED, assessed(intake, foreign).verdict());
  }

  @Test
  void seesAFileThatIsMissingOrListedTwice() {
    Intake intake = intake(TrustMode.WARN);
    byte[] missing =
        TestJar.module("problem")
            .entry("TALKA-INF/more.json", "{}")
            .signed(maker)
            .without("TALKA-INF/more.json")
            .bytes();
    assertEquals(Verdict.DIGEST_MISMATCH, assessed(intake, missing).verdict());
    byte[] list = Seal.list(TestJar.module("problem").digests());
    byte[] twice = (new String(list) + new String(list)).getBytes();
    assertEquals(
        Verdict.DIGEST_MISMATCH,
        assessed(intake, TestJar.module("problem").sealed(twice, maker).bytes()).verdict());
    byte[] nothing = TestJar.module("problem").signed(maker).without(Seal.LIST).bytes();
    assertEquals(Verdict.DIGEST_MISMATCH, assessed(intake, nothing).verdict());
    byte[] garbage = TestJar.module("problem").signed(maker).entry(Seal.SIGNATURE, "x").bytes();
    assertEquals(Verdict.WRONG_SIGNATURE, assessed(intake, garbage).verdict());
  }

  @Test
  void countsAKeyOnlyAsLongAsItIsInTheFolder() throws Exception {
    Intake intake = intake(TrustMode.WARN);
    assertEquals(Verdict.SIGNED, assessed(intake, signed(maker)).verdict());
    Files.delete(home.resolve("trust/maker.pub"));
    assertEquals(Verdict.UNKNOWN_KEY, assessed(intake, signed(maker)).verdict());
    Files.writeString(home.resolve("trust/broken.pub"), "key = nonsense");
    trust("stranger", stranger, "*");
    assertEquals(Verdict.SIGNED, assessed(intake, signed(stranger)).verdict());
  }

  @Test
  void letsAKeySignWhatItsPrefixesSay() throws Exception {
    trust("maker", maker, "acme", "cmdb-x");
    Intake intake = intake(TrustMode.WARN);
    for (String allowed : List.of("acme", "acme-assets", "cmdb-x")) {
      byte[] archive = TestJar.module(allowed).signed(maker).bytes();
      assertEquals(Verdict.SIGNED, assessed(intake, archive).verdict(), allowed);
    }
    for (String other : List.of("acmeevil", "cmdb", "problem")) {
      byte[] archive = TestJar.module(other).signed(maker).bytes();
      assertEquals(Verdict.PREFIX_NOT_ALLOWED, assessed(intake, archive).verdict(), other);
    }
  }

  @Test
  void refusesWhatContradictsItselfInEveryMode() {
    for (TrustMode mode : TrustMode.values()) {
      assertEquals(
          "error.module.signature.digest_mismatch", refusal(intake(mode), changed()).key());
      assertEquals("error.module.signature.wrong_signature", refusal(intake(mode), forged()).key());
    }
  }

  @Test
  void takesOnlyWhatIsVouchedForWhenThatIsRequired() {
    Intake strict = intake(TrustMode.REQUIRE);
    assertEquals("error.module.signature.unsigned", refusal(strict, unsigned).key());
    assertEquals("error.module.signature.unknown_key", refusal(strict, signed(stranger)).key());
    assertEquals(
        "error.module.signature.prefix_not_allowed",
        refusal(strict, TestJar.module("change").signed(maker).bytes()).key());
    assertEquals("problem", strict.accept("m.jar", signed(maker)).id());
  }

  @Test
  void warnsOrSaysNothingInTheOtherModes() {
    Intake warns = intake(TrustMode.WARN);
    assertEquals(
        Optional.of("module.note.unsigned"),
        warns.warning(warns.accept("m.jar", unsigned)).map(Text::key));
    assertEquals(
        Optional.of("module.note.unknown_key"),
        warns.warning(warns.accept("m.jar", signed(stranger))).map(Text::key));
    assertEquals(Optional.empty(), warns.warning(warns.accept("m.jar", signed(maker))));
    Intake off = intake(TrustMode.OFF);
    assertEquals(Optional.empty(), off.warning(off.accept("m.jar", unsigned)));
  }

  @Test
  void takesTheStrictestModeForOneThatItDoesNotKnow() {
    assertEquals(TrustMode.WARN, TrustMode.of(null));
    assertEquals(TrustMode.OFF, TrustMode.of(" off "));
    assertEquals(TrustMode.REQUIRE, TrustMode.of("Require"));
    assertEquals(TrustMode.REQUIRE, TrustMode.of("of"));
  }

  @Test
  void vouchesForWhatCameWithTheDistribution() throws Exception {
    Path modules = Files.createDirectories(home.resolve("modules"));
    Files.write(modules.resolve("problem.jar"), unsigned);
    Files.writeString(
        modules.resolve("digests.sha256"), ArchiveReader.digest(unsigned) + "  problem.jar\n");
    Intake strict = intake(TrustMode.REQUIRE);
    assertEquals(Verdict.FIRST_PARTY, assessed(strict, unsigned).verdict());
    assertEquals("problem", strict.accept("m.jar", unsigned).id());
  }

  @Test
  void refusesARivalOfThePlatformsPackages() {
    Intake intake = intake(TrustMode.OFF);
    byte[] holds =
        TestJar.module("problem").entry("com/fasterxml/jackson/databind/X.class", "x").bytes();
    Text held = refusal(intake, holds);
    assertEquals("error.module.archive.holdsPlatform", held.key());
    assertEquals("com.fasterxml.jackson.databind", held.args().get("package"));
    byte[] inside =
        TestJar.module("problem")
            .header("Bundle-ClassPath", ".,lib/dom.jar")
            .entry(
                "lib/dom.jar", TestJar.module("dom").entry("org/w3c/dom/Node.class", "x").bytes())
            .bytes();
    assertEquals("error.module.archive.holdsPlatform", refusal(intake, inside).key());
  }

  @Test
  void takesAKarOfAModuleAndItsApiButNoApiThatIsARival() {
    byte[] api =
        TestJar.module("problem")
            .header("Bundle-SymbolicName", "org.talka.problem.api")
            .without("TALKA-INF/module.json")
            .bytes();
    Intake intake = intake(TrustMode.OFF);
    byte[] two = TestJar.kar(Map.of("problem", unsigned, "problem-api", api)).bytes();
    assertEquals(2, intake.accept("m.kar", two).bundles().size());
    byte[] rival =
        TestJar.module("problem")
            .header("Bundle-SymbolicName", "com.fasterxml.jackson.databind.api")
            .entry("com/fasterxml/jackson/databind/X.class", "x")
            .without("TALKA-INF/module.json")
            .bytes();
    byte[] bad = TestJar.kar(Map.of("problem", unsigned, "problem-api", rival)).bytes();
    assertEquals("error.module.archive.holdsPlatform", refusal(intake, bad).key());
    byte[] one = TestJar.kar(Map.of("problem", unsigned)).bytes();
    assertEquals("problem", intake.accept("m.kar", one).id());
  }

  @Test
  void verifiesTheSignatureOfAKarOverItsBundles() {
    byte[] kar = TestJar.kar(Map.of("problem", unsigned)).signed(maker).bytes();
    assertEquals(Verdict.SIGNED, assessed(intake(TrustMode.WARN), kar).verdict());
    byte[] other =
        TestJar.kar(Map.of("problem", unsigned))
            .signed(maker)
            .entry(
                TestJar.path("problem"),
                TestJar.module("problem").header("Bundle-Version", "9").bytes())
            .bytes();
    assertEquals(Verdict.DIGEST_MISMATCH, assessed(intake(TrustMode.WARN), other).verdict());
  }

  @Test
  void takesAnUpdateOnlyFromWhereTheModuleCameFrom() throws Exception {
    trust("stranger", stranger, "problem");
    Intake intake = intake(TrustMode.WARN);
    Artifact before = artifact(signed(maker));
    byte[] next = TestJar.module("problem").header("Bundle-Version", "2").signed(maker).bytes();
    intake.checkSuccessor(intake.accept("m.jar", next), before);
    for (byte[] other : List.of(unsigned, signed(stranger))) {
      assertEquals("otherSigner", successor(intake, other, before));
    }
    byte[] renamed =
        TestJar.module("problem").header("Bundle-SymbolicName", "com.x").signed(maker).bytes();
    assertEquals("otherName", successor(intake, renamed, before));
    intake.checkSuccessor(intake.accept("m.jar", signed(maker)), artifact(unsigned));
  }

  private static String successor(Intake intake, byte[] archive, Artifact before) {
    ModuleArchive next = intake.accept("m.jar", archive);
    DomainException refused =
        assertThrows(DomainException.class, () -> intake.checkSuccessor(next, before));
    String key = refused.fieldErrors().get(0).message().key();
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Test
  void takesAnUpdateOfWhatItCannotReadAnyMore() {
    Intake intake = intake(TrustMode.WARN);
    Artifact older = new Artifact("d", "problem", "1", "p.jar", new byte[] {1, 2, 3});
    intake.checkSuccessor(intake.accept("m.jar", unsigned), older);
    assertEquals(Optional.empty(), intake.verify("d", () -> Optional.of(older)));
  }

  private static Artifact artifact(byte[] content) {
    return new Artifact(ArchiveReader.digest(content), "problem", "1.2.3", "p.jar", content);
  }

  @Test
  void readsAStoredArchiveOnlyOnceToSayWhoseItIs() {
    Intake intake = intake(TrustMode.WARN);
    Artifact stored = artifact(signed(maker));
    assertEquals(
        Verdict.SIGNED,
        intake.verify(stored.digest(), () -> Optional.of(stored)).orElseThrow().verdict());
    assertTrue(
        intake
            .verify(
                stored.digest(),
                () -> {
                  throw new AssertionError("read again");
                })
            .isPresent());
    assertEquals(Optional.empty(), intake.verify("unknown", Optional::empty));
  }
}
