// Every kind of page can be read and used by everybody: WCAG 2.2 AA by axe-core, and by measures of
// our own where a checker of markup sees nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import * as audits from "./audits.mjs";
import { Site } from "./site.mjs";
import { browser, devices, named, reader } from "./support.mjs";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const rules = ["2a", "2aa", "21a", "21aa", "22a", "22aa"].map((level) => `wcag${level}`);

const narrow = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
const desk = devices["on a desk"];
const ways = {
  "in light": { ...desk, colorScheme: "light" },
  "in dark": { ...desk, colorScheme: "dark" },
  "in forced colours": { ...desk, forcedColors: "active" },
  "in dark forced colours": { ...desk, forcedColors: "active", colorScheme: "dark" },
  "at 400 % zoom": { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 },
};

let chromium, sites;

before(async () => {
  chromium = await browser();
  sites = await Site.open();
});

after(async () => {
  await chromium?.close();
  await Site.close(sites);
});

const oneOfEachKind = () => Site.kinds(sites);
const eachKindOfEachSite = () => sites.flatMap((site) => site.kinds);

/** Looks at pages as a reader with these options, and insists that nothing is wrong with any. */
async function nothingWrong(options, pages, look) {
  const context = await reader(chromium, options);
  const tab = await context.newPage();
  const faults = [];
  for (const page of pages) {
    await tab.goto(page.site.host.address + page.path);
    for (const fault of await look(tab, page)) faults.push(`${named(page)}: ${fault}`);
  }
  await context.close();
  assert.ok(pages.length > 10);
  assert.deepEqual(faults, []);
}

async function violations(tab) {
  await tab.evaluate(axe);
  const found = await tab.evaluate(
    (values) => window.axe.run(document, { runOnly: values, resultTypes: ["violations"] }),
    [...rules, "best-practice"],
  );
  assert.ok(found.passes.length > 5, "axe has looked");
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 120)}: ${node.failureSummary}`),
  );
}

for (const [way, options] of Object.entries(ways)) {
  test(`axe finds nothing on any kind of page ${way}`, () =>
    nothingWrong(options, oneOfEachKind(), async (tab) => [
      ...(await tab.evaluate(audits.overflow)),
      ...(await violations(tab)),
    ]));
}

test("axe finds nothing on any kind of page of any site on a phone of 320 px, and no page scrolls sideways", () =>
  nothingWrong(narrow, eachKindOfEachSite(), async (tab) => [
    ...(await tab.evaluate(audits.overflow)),
    ...(await violations(tab)),
  ]));

test("a finger finds 44 × 44 px wherever a link does not stand in a sentence", () =>
  nothingWrong(narrow, eachKindOfEachSite(), (tab) => tab.evaluate(audits.smallTargets)));

for (const [device, options] of Object.entries({ "on a phone": narrow, "on a desk": desk })) {
  test(`whatever the Tab key reaches ${device} shows that it has the focus`, () =>
    nothingWrong(options, oneOfEachKind(), async (tab) => {
      const faults = new Set();
      const count = await tab.evaluate(
        () => [...document.querySelectorAll("a[href]")].filter((a) => a.getClientRects().length).length,
      );
      let reached = 0;
      for (let press = 0; press < 2 * count + 20; press++) {
        await tab.keyboard.press("Tab");
        const here = await tab.evaluate(() => document.activeElement.localName);
        if (here === "body") break;
        reached++;
        for (const fault of await tab.evaluate(audits.focusFaults)) faults.add(fault);
      }
      if (reached < count) faults.add(`${reached} of ${count} links were reached`);
      return faults;
    }));

  test(`nothing is lost ${device} when a reader spaces the text out`, () =>
    nothingWrong(options, eachKindOfEachSite(), async (tab) => {
      const before = await tab.evaluate(audits.lostText);
      await tab.evaluate(audits.spaceText);
      const overflow = await tab.evaluate(audits.overflow);
      return [...before, ...overflow, ...(await tab.evaluate(audits.lostText))];
    }));

  test(`nothing moves ${device} where a reader wants no motion`, () =>
    nothingWrong({ ...options, reducedMotion: "reduce" }, oneOfEachKind(), (tab) =>
      tab.evaluate(audits.motion),
    ));

  test(`a screen reader walks every table ${device} with the headers of its rows and columns`, () =>
    nothingWrong(options, eachKindOfEachSite(), async (tab) => {
      const faults = await tab.evaluate(audits.cellsWithoutHeaders);
      const expected = await tab.evaluate(audits.shownTables);
      const tree = await audits.tablesOfTree(tab);
      if (tree.length !== expected.length) faults.push(`${tree.length} of ${expected.length} tables`);
      tree.forEach((table, index) => faults.push(...differences(table, expected[index] ?? {})));
      return faults;
    }));
}

/** What a table of the accessibility tree lacks of the one in the page. */
function differences(table, expected) {
  const faults = [];
  const count = (role) => table.rows.flat().filter((cell) => cell.role === role).length;
  if (table.name !== expected.name) faults.push(`the table is called “${table.name}”`);
  if (table.rows.length !== expected.rows) {
    faults.push(`${table.rows.length} of ${expected.rows} rows`);
  }
  for (const role of ["columnheader", "rowheader", "cell"]) {
    if (count(role) !== expected[role]) faults.push(`${count(role)} of ${expected[role]} ${role}s`);
  }
  return faults;
}

test("a page has one heading of the first level, one main part, and ways that are told apart by name", () =>
  nothingWrong(desk, eachKindOfEachSite(), (tab) =>
    tab.evaluate(() => {
      const faults = [];
      const one = (what, selector) => {
        const count = document.querySelectorAll(selector).length;
        if (count !== 1) faults.push(`${count} × ${what}`);
      };
      one("h1", "h1");
      one("main", "main");
      one("banner", "body > header");
      one("contentinfo", "body > footer");
      const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(
        (heading) => +heading.localName[1],
      );
      levels.forEach((level, index) => {
        if (index && level > levels[index - 1] + 1) faults.push(`h${level} after h${levels[index - 1]}`);
      });
      const names = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label"));
      if (names.some((name) => !name) || new Set(names).size !== names.length) {
        faults.push(`ways called ${names.join(", ")}`);
      }
      if (!document.documentElement.lang) faults.push("no language");
      return faults;
    }),
  ));

test("the first press of Tab offers to skip to the text, and Enter goes there", () =>
  nothingWrong(narrow, oneOfEachKind(), async (tab) => {
    await tab.keyboard.press("Tab");
    const skip = await tab.evaluate(() => document.activeElement.getAttribute("href"));
    await tab.keyboard.press("Enter");
    const focused = await tab.evaluate(() => document.activeElement.localName);
    await tab.keyboard.press("Tab");
    const inside = await tab.evaluate(() => {
      const main = document.querySelector("main");
      const links = main.querySelectorAll("a[href], button, input, select, [tabindex='0']");
      return links.length === 0 || main.contains(document.activeElement);
    });
    return skip === "#main" && focused === "main" && inside ? [] : [`${skip} leads to ${focused}`];
  }));
