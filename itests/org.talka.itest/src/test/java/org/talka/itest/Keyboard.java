/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A person without a mouse. Every stop of the Tab key is looked at: whether it can be seen, whether
 * one sees that one is there (WCAG 2.4.7), whether anything lies over it (2.4.11), and whether it
 * is large enough to be hit by those who point (2.5.8).
 */
final class Keyboard {
  private static final int MOST_STOPS = 160;

  /** Where the focus is, and what is wrong with it there. */
  private static final String STOP =
      """
      () => {
        let e = document.activeElement;
        while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
        if (!e || e === document.body || e === document.documentElement || e.id === "main") return { name: "", faults: [] };
        const text = (n) => (n?.textContent ?? "").replace(/\\s+/g, " ").trim();
        const ids = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
        const name = e.getAttribute("aria-label") || ids.map((id) => text(document.getElementById(id))).join(" ")
          || (e.labels?.length ? [...e.labels].map(text).join(" ") : "") || text(e) || e.getAttribute("title") || e.getAttribute("placeholder") || "";
        const faults = [];
        // a box that is out of sight is shown by its label
        const shown = e.matches("input.visually-hidden") && e.labels?.length ? e.labels[0] : e;
        const after = getComputedStyle(shown, "::after");
        const spread = after.content !== "none" && after.position === "absolute" && after.top === "0px" && after.bottom === "0px";
        const small = e.matches("input[type=checkbox], input[type=radio]") && e.labels?.length ? e.labels[0] : shown;
        const area = spread ? shown.offsetParent ?? shown : small;
        const box = shown.getBoundingClientRect();
        const target = area.getBoundingClientRect();
        const inside = { left: Math.max(box.left, 0), top: Math.max(box.top, 0), right: Math.min(box.right, innerWidth), bottom: Math.min(box.bottom, innerHeight) };
        if (inside.right - inside.left < 1 || inside.bottom - inside.top < 1) faults.push("is out of sight");
        else {
          const x = [0.5, 0.1, 0.9].map((f) => inside.left + (inside.right - inside.left) * f);
          const y = [0.5, 0.15, 0.85].map((f) => inside.top + (inside.bottom - inside.top) * f);
          const own = (n) => n && (shown.contains(n) || n.contains(shown) || (e.labels && [...e.labels].some((l) => l.contains(n))) || (n.getRootNode() instanceof ShadowRoot && own(n.getRootNode().host)));
          const at = (px, py) => {
            let n = document.elementFromPoint(px, py);
            while (n?.shadowRoot) {
              const deeper = n.shadowRoot.elementFromPoint(px, py);
              if (!deeper || deeper === n) break;
              n = deeper;
            }
            return n;
          };
          if (!x.some((px) => y.some((py) => own(at(px, py))))) faults.push("is obscured by " + (at(x[0], y[0])?.outerHTML ?? "").slice(0, 80));
        }
        const probe = document.createElement("i");
        probe.style.color = "var(--accent)";
        document.body.append(probe);
        const accent = getComputedStyle(probe).color;
        probe.remove();
        const ring = (n) => {
          const style = getComputedStyle(n);
          return style.boxShadow.includes(accent) || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.stroke === accent;
        };
        const around = [shown];
        for (let n = shown; around.length < 6 && n; n = n.parentElement ?? n.getRootNode().host) around.push(n);
        const seen = around.some((n) => n.matches(":focus-within") && ring(n)) || [...shown.children].some(ring)
          || (e.matches("[role=menuitem], [role=menuitemradio]") && getComputedStyle(e).backgroundColor !== getComputedStyle(e.parentElement).backgroundColor)
          || e.matches("dialog, [tabindex='-1']");
        if (!seen) faults.push("does not show that it has the focus");
        const inText = e.matches("a") && getComputedStyle(e).display === "inline" && e.closest("p, .prose, li, dd, blockquote");
        const scrolls = e.matches("[tabindex='0']:not(button, a, input, [role=button])");
        const box24 = target.width >= 23.9 && target.height >= 23.9;
        if (!box24 && !inText && !scrolls && !e.matches("svg *")) faults.push(`is ${Math.round(target.width)} × ${Math.round(target.height)}`);
        const sort = e.tagName.toLowerCase() + (e.className?.baseVal === undefined && e.className ? "." + e.className.trim().replace(/\\s+/g, ".") : "");
        return { name: name.trim(), sort, faults };
      }
      """;

  private final Page page;
  private final Set<String> faults = new LinkedHashSet<>();

  Keyboard(Page page) {
    this.page = page;
  }

  /** What was wrong at any stop. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  Keyboard press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  Keyboard type(String text) {
    page.keyboard().type(text);
    return this;
  }

  /** Goes on with Tab until something with these words in its name has the focus. */
  Keyboard to(String words) {
    return walk("Tab", words);
  }

  /** The same backwards. */
  Keyboard back(String words) {
    return walk("Shift+Tab", words);
  }

  /** Goes through the whole page once, from its beginning to its end. */
  Keyboard all() {
    boolean entered = false;
    for (int i = 0; i < MOST_STOPS; i++) {
      page.keyboard().press("Tab");
      boolean outside = here().isEmpty();
      if (outside && entered) {
        return this;
      }
      entered |= !outside;
    }
    return this;
  }

  /** Goes through a menu that is open, and takes the entry. */
  Keyboard choose(String words) {
    walk("ArrowDown", words);
    return press("Enter");
  }

  /** What has the focus, and what is wrong there. */
  String here() {
    Map<?, ?> stop = (Map<?, ?>) page.evaluate(STOP);
    String name = String.valueOf(stop.get("name"));
    ((List<?>) stop.get("faults"))
        .forEach(
            fault ->
                faults.add(
                    page.url().replaceFirst("^https?://[^/]*", "").replaceAll("[0-9]{3,}", "#")
                        + ": "
                        + stop.get("sort")
                        + " “"
                        + (name.length() > 50 ? name.substring(0, 50) + "…" : name)
                        + "” "
                        + fault));
    return name;
  }

  private Keyboard walk(String key, String words) {
    List<String> way = new ArrayList<>();
    for (int i = 0; i < MOST_STOPS; i++) {
      page.keyboard().press(key);
      String name = here();
      if (name.contains(words)) {
        return this;
      }
      way.add(name.length() > 30 ? name.substring(0, 30) + "…" : name);
    }
    throw new AssertionError(
        key + " does not lead to “" + words + "” on " + page.url() + " but to " + way);
  }
}
