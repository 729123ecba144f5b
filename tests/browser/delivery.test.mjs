// A site works wherever its files are put: at the root of a host, below a path, on a disk; under the
// strictest policy, without scripts, with storage blocked; and it stays light.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Host, Site } from "./site.mjs";
import { browser, devices, named, reader } from "./support.mjs";

const MOST_BYTES = 15 * 1024; // a page with its style sheet and scripts, compressed
const MOST_REQUESTS = 5;

let chromium, sites;

before(async () => {
  chromium = await browser();
  sites = await Site.open();
});

after(async () => {
  await chromium?.close();
  await Site.close(sites);
});

/** Notes in the page what a policy kept from being done. */
function watch() {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
  );
}

/**
 * Visits pages by the addresses that `locate` gives and tells what went wrong on each: errors, what
 * was said on the console, requests to elsewhere, too many requests, violations.
 */
async function visit(pages, locate, { options, prepare, home } = {}) {
  const context = await reader(chromium, options);
  await context.addInitScript(watch);
  if (prepare) await context.addInitScript(prepare);
  const tab = await context.newPage();
  const faults = [];
  let page, requests, open;
  const fault = (text) => faults.push(`${named(page)}: ${text}`);
  tab.on("request", (request) => {
    requests.push(request.url());
    open.add(request);
  });
  tab.on("requestfinished", (request) => open.delete(request));
  tab.on("requestfailed", (request) => {
    open.delete(request);
    // A browser asks for the icon late: it may be broken off by going on to the next page.
    const brokenOff = request.failure()?.errorText === "net::ERR_ABORTED";
    if (brokenOff && request.url().includes("icon")) return;
    fault(`${request.url()} failed`);
  });
  tab.on("response", (response) => {
    if (response.status() >= 400) fault(`${response.url()} is ${response.status()}`);
  });
  tab.on("console", (message) => fault(`the console says ${message.text()}`));
  tab.on("pageerror", (error) => fault(`a script fails: ${error.message}`));
  for (page of pages) {
    requests = [];
    open = new Set();
    await tab.goto(locate(page));
    await painted(tab);
    // A browser asks for the icon late, and going on would break that off.
    while (open.size > 0) await tab.waitForTimeout(5);
    const seen = await tab.evaluate(() => ({
      violations: window.violations,
      // By a rule of the theme's, so that a page without its sheet is found.
      styled: getComputedStyle(document.querySelector(".wuwen")).borderTopWidth === "4px",
    }));
    for (const violation of seen.violations) fault(`the policy forbids ${violation}`);
    if (!seen.styled) fault("it has no style");
    if (requests.length > MOST_REQUESTS) fault(`${requests.length} requests`);
    for (const url of requests) if (!url.startsWith(home(page))) fault(`it asks for ${url}`);
  }
  await context.close();
  return faults;
}

/** Waits until what scripts have done so far has been shown. */
function painted(tab) {
  return tab.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

const eachKindOfEachSite = () => sites.flatMap((site) => site.kinds);
/** The page for missing addresses links from where the site says that it stands, if it says so. */
const anywhere = (page) => !(page.kind === "missing" && page.site.prefix);

for (const [device, options] of Object.entries(devices)) {
  test(`every kind of page loads from a strict host ${device} with nothing amiss`, async () => {
    const faults = await visit(eachKindOfEachSite(), (page) => page.site.host.address + page.path, {
      options,
      home: (page) => page.site.host.address,
    });
    assert.deepEqual(faults, []);
  });
}

test("every kind of page loads below a path of a host", async () => {
  const hosts = new Map();
  for (const site of sites) hosts.set(site, await Host.start(site, { prefix: "/a/b/" }));
  const pages = eachKindOfEachSite().filter(anywhere);
  const faults = await visit(pages, (page) => hosts.get(page.site).address + page.path, {
    home: (page) => hosts.get(page.site).address,
  });
  for (const host of hosts.values()) await host.stop();
  assert.deepEqual(faults, []);
});

test("every kind of page loads from a disk", async () => {
  const pages = eachKindOfEachSite().filter(anywhere);
  const faults = await visit(pages, (page) => page.site.fileAddress(page.path), {
    home: (page) => page.site.fileAddress(""),
  });
  assert.deepEqual(faults, []);
});

test("an address that is missing shows the page for that, with its style, wherever it is", async () => {
  const [site] = sites.filter((site) => site.prefix);
  const tab = await chromium.newPage();
  const response = await tab.goto(`${site.host.address}2024/months/far/away.html`);
  assert.equal(response.status(), 404);
  await tab.locator(".k-missing h1").waitFor();
  const home = tab.locator("main a").first();
  await home.click();
  await tab.locator(".k-overview").waitFor();
  await tab.close();
});

test("a webview that blocks storage, Intl and URLSearchParams shows every page all the same", async () => {
  const block = () => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    }
    delete window.Intl;
    delete window.URLSearchParams;
    delete window.IntersectionObserver;
    delete history.replaceState;
  };
  const faults = await visit(Site.kinds(sites), (page) => page.site.host.address + page.path, {
    options: devices["on a phone"],
    prepare: block,
    home: (page) => page.site.host.address,
  });
  assert.deepEqual(faults, []);
});

for (const [device, options] of Object.entries(devices)) {
  test(`nothing moves ${device} when the scripts come after the page has been shown`, async () => {
    const context = await reader(chromium, options);
    await context.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          window.shifts.push(`${value} ${sources.map(({ node }) => node?.className || node?.nodeName)}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
      new PerformanceObserver((list) => {
        if (list.getEntriesByName("first-contentful-paint").length) window.shown = true;
      }).observe({ type: "paint", buffered: true });
    });
    const tab = await context.newPage();
    let shown;
    await tab.route("**/*.js", async (route) => {
      await shown;
      await route.continue();
    });
    const faults = [];
    for (const page of eachKindOfEachSite()) {
      let show;
      shown = new Promise((resolve) => (show = resolve));
      await tab.goto(page.site.host.address + page.path, { waitUntil: "commit" });
      await tab.waitForFunction(() => window.shown && document.readyState !== "loading");
      await painted(tab);
      // What moves while a page is still coming in is no script's doing.
      await tab.evaluate(() => window.shifts.splice(0));
      show();
      await tab.waitForLoadState();
      await painted(tab);
      for (const shift of await tab.evaluate(() => window.shifts)) {
        faults.push(`${named(page)}: ${shift}`);
      }
    }
    await context.close();
    assert.deepEqual(faults, []);
  });
}

test("scripts take no text from a page, and lead nowhere that it does not lead without them", async () => {
  const read = async (javaScriptEnabled) => {
    const context = await reader(chromium, { javaScriptEnabled });
    const tab = await context.newPage();
    const seen = [];
    for (const page of eachKindOfEachSite()) {
      await tab.goto(page.site.fileAddress(page.path));
      const { texts, links } = await tab.locator("body").evaluate((body) => {
        const texts = [];
        const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          if (data.trim() && !parentElement.closest("noscript")) texts.push(data.trim());
        }
        const links = [...document.links].map(({ href }) => href.replace(/[?#].*/, ""));
        return { texts, links };
      });
      seen.push({ page, texts, links });
    }
    await context.close();
    return seen;
  };
  const [without, scripted] = [await read(false), await read(true)];
  const faults = [];
  without.forEach(({ page, texts, links }, index) => {
    assert.ok(texts.length > 5);
    let next = 0;
    for (const text of scripted[index].texts) if (text === texts[next]) next++;
    if (next < texts.length) faults.push(`${named(page)}: “${texts[next]}” is gone`);
    for (const link of scripted[index].links) {
      if (!links.includes(link)) faults.push(`${named(page)}: only a script leads to ${link}`);
    }
  });
  assert.deepEqual(faults, []);
});

test("no page weighs more than 15 KB with its style sheet and scripts, or asks for more than 5 files", () => {
  const faults = [];
  for (const site of sites) {
    for (const page of site.pages) {
      const loads = site.loads(page);
      const bytes = [page.path, ...loads.filter((path) => /\.(css|js)$/.test(path))]
        .map((path) => site.weight(path))
        .reduce((sum, weight) => sum + weight, 0);
      assert.ok(loads.some((path) => path.endsWith(".css")));
      if (bytes > MOST_BYTES) faults.push(`${named(page)}: ${bytes} bytes`);
      if (loads.length >= MOST_REQUESTS) faults.push(`${named(page)}: ${loads.length + 1} files`);
    }
  }
  assert.deepEqual(faults, []);
});
