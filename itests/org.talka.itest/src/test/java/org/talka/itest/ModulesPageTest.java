/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An administrator brings a module of a third party, lets it have more, holds its records, removes
 * them and brings them back; on a desk where a typed password counts for a few seconds only.
 */
@Timeout(240)
class ModulesPageTest {
  private static final String SECONDS = "4";

  private Path home;
  private TalkaProcess talka;
  private Browser browser;
  private Page page;
  private Api admin;

  @BeforeEach
  void start() {
    home = Distribution.unpack("modules-page");
    Path data = Distribution.work().resolve("modules-page-data");
    Distribution.delete(data);
    talka =
        new TalkaProcess(
                home, data, Map.of("TALKA_JAVA_OPTS", "-Dtalka.step-up.seconds=" + SECONDS))
            .start();
    admin = talka.admin();
    browser = new Browser(talka.url());
    page = browser.examined("en-US");
    page.navigate("/");
    page.getByLabel("User name").fill("admin");
    page.getByLabel("Password").fill(talka.adminPassword());
    page.getByRole(AriaRole.BUTTON, button("Sign in")).click();
    assertThat(page.getByRole(AriaRole.NAVIGATION).first()).isVisible();
    page.navigate("/app/modules");
  }

  @AfterEach
  void stop() {
    browser.close();
    talka.close();
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private byte[] sample(String version, String wants) {
    return new SampleModule("sample", version)
        .file("TALKA-INF/module.json", "{\"id\":\"sample\",\"wants\":[" + wants + "]}")
        .jar(home);
  }

  private void bring(String version, String wants) {
    page.locator("input[type=file]")
        .setInputFiles(
            new FilePayload("sample.jar", "application/java-archive", sample(version, wants)));
  }

  private Locator plan() {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Plan"));
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  private void menu(String item) {
    page.getByRole(AriaRole.BUTTON, button("More for Sample")).click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item)).click();
  }

  /** A session that is younger than the browser's is not trusted any more: nor is that. */
  private void passwordIsForgotten() {
    Api younger = talka.admin();
    Wait.that(
        "the password was typed too long ago",
        Duration.ofSeconds(20),
        () -> younger.upload("sample.jar", new byte[] {1}).status() == 403);
  }

  private void typePassword() {
    assertThat(dialog().getByText("makes sure that it is you")).isVisible();
    dialog().getByLabel("Password").fill(talka.adminPassword());
    dialog().getByRole(AriaRole.BUTTON, exactly("Go on")).click();
    assertThat(dialog()).isHidden();
  }

  private void done() {
    assertThat(plan().getByText("Done: Sample")).isVisible();
  }

  private void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Distribution.work().resolve("modules-page-" + name + ".png")));
    assertEquals(List.of(), Browser.accessibility(page), name);
    assertEquals(List.of(), Browser.bareKeys(page), name);
  }

  @Test
  void modulesAreAdministeredWithCare() {
    manyChangesToTablesAreToldOnRequest();
    uploadAsksForThePassword();
    anUpdateThatWantsMoreAsksForConsent();
    aLegalHoldKeepsTheRecords();
    aPurgeWantsTheNameTypedAndCanBeTakenBack();
    healthIsShownInNumbers();
    aFileThatCameByTheFolderIsGoneOnWith();
    aLockFileIsCompared();
    theModuleThatDoesHarmIsFound();
  }

  private void manyChangesToTablesAreToldOnRequest() {
    page.locator(".mod", new Page.LocatorOptions().setHasText("Configuration management"))
        .locator(".a > button")
        .click();
    Locator all = plan().locator("summary");
    assertThat(all).containsText("changes to its tables");
    Locator one = plan().getByText("create table cmdb_item;").first();
    assertThat(one).isHidden();
    picture("plan");
    all.click();
    assertThat(one).isVisible();
    plan().getByRole(AriaRole.BUTTON, exactly("Cancel")).click();
  }

  private void uploadAsksForThePassword() {
    passwordIsForgotten();
    bring("1.0.0", "");
    assertThat(dialog().getByLabel("Password")).isFocused();
    picture("password");
    dialog().getByLabel("Password").fill("wrong");
    dialog().getByRole(AriaRole.BUTTON, exactly("Go on")).click();
    assertThat(dialog().getByText("This is not your present password.")).isVisible();
    typePassword();
    plan().getByRole(AriaRole.BUTTON, exactly("Install")).click();
    done();
  }

  private void anUpdateThatWantsMoreAsksForConsent() {
    bring("2.0.0", "\"http\"");
    passwordOrNot();
    assertThat(plan().getByText("It wants to call other servers.").first()).isVisible();
    Locator apply = plan().getByRole(AriaRole.BUTTON, exactly("Update"));
    assertThat(apply).isDisabled();
    picture("consent");
    plan().getByLabel("I agree that it may do this").check();
    apply.click();
    done();
    assertTrue(admin.get("/audit?action=module.consented").text().contains("http"));
  }

  /** Whether it is asked for depends on how long the steps before took. */
  private void passwordOrNot() {
    assertThat(plan().or(dialog()).first()).isVisible();
    if (dialog().isVisible()) {
      typePassword();
    }
  }

  private void aLegalHoldKeepsTheRecords() {
    menu("Put a legal hold on its records…");
    dialog().getByLabel("Why").fill("Case 7");
    picture("hold");
    dialog().getByRole(AriaRole.BUTTON, exactly("Put the hold on")).click();
    assertThat(page.getByText("Legal hold by admin: Case 7")).isVisible();
    menu("Uninstall");
    plan().getByRole(AriaRole.BUTTON, exactly("Uninstall")).click();
    done();
    assertEquals(
        1,
        admin
            .post("/modules/plans", Map.of("action", "purge", "module", "sample"))
            .expect(200)
            .json()
            .path("blockers")
            .size());
    menu("Release the legal hold");
    assertThat(page.getByText("Legal hold by admin: Case 7")).isHidden();
  }

  private void aPurgeWantsTheNameTypedAndCanBeTakenBack() {
    passwordIsForgotten();
    menu("Export and remove the records…");
    plan().getByRole(AriaRole.BUTTON, exactly("Remove the records")).click();
    dialog().getByLabel("Type “Sample”").fill("something else");
    dialog().getByRole(AriaRole.BUTTON, exactly("Remove the records")).click();
    assertThat(dialog().getByText("That is not the name")).isVisible();
    picture("purge");
    dialog().getByLabel("Type “Sample”").fill("sample");
    dialog().getByRole(AriaRole.BUTTON, exactly("Remove the records")).click();
    typePassword();
    done();
    menu("Bring back the records exported");
    passwordOrNot();
    plan().getByRole(AriaRole.BUTTON, exactly("Bring the records back")).click();
    done();
    page.getByRole(AriaRole.BUTTON, button("Install: Sample")).click();
    plan().getByRole(AriaRole.BUTTON, exactly("Install")).click();
    done();
  }

  private void healthIsShownInNumbers() {
    menu("How its extensions do");
    assertThat(
            page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("How Sample does")))
        .isVisible();
    picture("health");
  }

  /** It wants more than the version that runs: in the folder nobody can agree to that. */
  private void aFileThatCameByTheFolderIsGoneOnWith() {
    try {
      Files.write(talka.data().resolve("deploy/next.jar"), sample("3.0.0", "\"http\",\"mail\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Wait.that(
        "the file is looked at",
        Duration.ofSeconds(30),
        () -> admin.get("/modules/dropped").text().contains("next.jar"));
    page.reload();
    assertThat(page.getByText("next.jar from the folder deploy was not installed")).isVisible();
    picture("dropped");
    page.getByRole(AriaRole.BUTTON, button("Make a plan")).click();
    passwordOrNot();
    assertThat(plan().getByText("It wants to send mail.").first()).isVisible();
    page.getByRole(AriaRole.BUTTON, button("Remove the file")).click();
    assertThat(page.getByText("next.jar from the folder deploy was not installed")).isHidden();
  }

  private void tool(String item) {
    page.getByRole(AriaRole.BUTTON, button("More about modules")).click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item)).click();
  }

  private void aLockFileIsCompared() {
    tool("Lock file");
    byte[] lock = admin.get("/modules/lock").expect(200).text().getBytes(StandardCharsets.UTF_8);
    Locator file = page.locator("talka-module-lock input[type=file]");
    file.setInputFiles(new FilePayload("desk.lock.json", "application/json", lock));
    assertThat(page.getByText("This desk is as the file says.")).isVisible();
    picture("lock");
  }

  private void theModuleThatDoesHarmIsFound() {
    tool("Find a module that does harm");
    page.getByRole(AriaRole.BUTTON, button("Begin the search")).click();
    assertThat(page.getByText("Is the desk well now?")).isVisible();
    picture("bisect");
    page.getByRole(AriaRole.BUTTON, button("Yes, it is well now")).click();
    assertThat(page.getByText("It is Sample.")).isVisible();
    page.getByRole(AriaRole.BUTTON, button("End the search, let all in again")).click();
    assertThat(page.getByRole(AriaRole.BUTTON, button("Begin the search"))).isVisible();
    assertEquals("ACTIVE", admin.moduleState("sample"));
  }
}
