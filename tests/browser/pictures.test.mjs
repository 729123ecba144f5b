// Every kind of page of the shipped site looks as it did, at four widths and in two schemes, and so
// does its paper. UPDATE_EXPECTED=1 takes what is there now for what is expected; look at it then.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Goldens } from "./pictures.mjs";
import { Site } from "./site.mjs";
import { browser, reader } from "./support.mjs";

const WIDTHS = [320, 390, 768, 1280];
const PHONE = 480; // narrower than this is a phone
const SCALE = 0.375; // pixels of a picture to a CSS px
const SHEET_DPI = 40;

/** So that text is as wide as its font has it, whatever the machine's settings. */
const plainFonts = ["--font-render-hinting=none", "--disable-lcd-text"];

let chromium, site;

before(async () => {
  chromium = await browser(plainFonts);
  [site] = await Site.open(["shipped"]);
});

after(async () => {
  await chromium?.close();
  await Site.close([site]);
});

const screens = new Goldens("screens");

for (const colorScheme of ["light", "dark"]) {
  for (const width of WIDTHS) {
    test(`every kind of page looks as it did at ${width} px, ${colorScheme}`, async () => {
      const viewport = { width, height: 800 };
      const phone = width < PHONE ? { isMobile: true, hasTouch: true } : {};
      const options = { viewport, colorScheme, deviceScaleFactor: SCALE, ...phone };
      const context = await reader(chromium, options);
      const tab = await context.newPage();
      const faults = [];
      for (const { kind, path } of site.kinds) {
        await tab.goto(site.host.address + path);
        const picture = await tab.screenshot({ fullPage: true, animations: "disabled" });
        faults.push(screens.compare(`${kind}-${width}-${colorScheme}`, picture));
      }
      await context.close();
      assert.deepEqual(faults.filter(Boolean), []);
    });
  }
}

// While goldens are refreshed there is nothing to differ from.
const comparing = { skip: process.env.UPDATE_EXPECTED === "1" };

test("a page that has lost its heading, or its red, is seen to differ", comparing, async () => {
  const options = { viewport: { width: 390, height: 800 }, deviceScaleFactor: SCALE };
  const context = await reader(chromium, { ...options, isMobile: true, hasTouch: true });
  const tab = await context.newPage();
  await tab.goto(site.host.address);
  await tab.evaluate(() => (document.querySelector("h1").style.visibility = "hidden"));
  const name = "overview-390-light";
  assert.match(screens.compare(name, await tab.screenshot({ fullPage: true })), /% differs/);
  await tab.goto(site.host.address);
  await tab.evaluate(() => document.documentElement.style.setProperty("--red", "#1240b5"));
  assert.match(screens.compare(name, await tab.screenshot({ fullPage: true })), /% differs/);
  await context.close();
});

test("no picture of a screen is kept that nothing is compared with", () => {
  assert.deepEqual(screens.orphans(), []);
});

const sheets = new Goldens("paper");

/** The sheets of a PDF as PNG. */
function rendered(pdf) {
  const folder = mkdtempSync(join(tmpdir(), "unionplan-paper-"));
  try {
    writeFileSync(join(folder, "page.pdf"), pdf);
    const call = ["-png", "-r", String(SHEET_DPI), join(folder, "page.pdf"), join(folder, "sheet")];
    execFileSync("pdftoppm", call);
    const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
    return names.sort().map((name) => readFileSync(join(folder, name)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every kind of page goes to paper as it did: its first sheet, and all of the schedule", async () => {
  const context = await reader(chromium);
  const tab = await context.newPage();
  const faults = [];
  for (const { kind, path } of site.kinds) {
    await tab.goto(site.host.address + path);
    const pdf = await tab.pdf({ format: "A4", preferCSSPageSize: true });
    const all = rendered(pdf);
    all.slice(0, kind === "schedule" ? all.length : 1).forEach((sheet, index) => {
      faults.push(sheets.compare(`${kind}-${index + 1}`, sheet));
    });
  }
  await context.close();
  assert.deepEqual(faults.filter(Boolean), []);
});

test("no picture of a sheet is kept that nothing is compared with", () => {
  assert.deepEqual(sheets.orphans(), []);
});

test("ways through the site are not printed", async () => {
  const context = await reader(chromium);
  const tab = await context.newPage();
  await tab.emulateMedia({ media: "print" });
  const faults = [];
  for (const { kind, path } of site.kinds) {
    await tab.goto(site.host.address + path);
    const printed = await tab.evaluate(() =>
      [...document.querySelectorAll("nav, .skip, form, button, input")]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => `${element.localName} ${element.ariaLabel ?? ""}`),
    );
    faults.push(...printed.map((what) => `${kind}: ${what}`));
  }
  await context.close();
  assert.deepEqual(faults, []);
});
