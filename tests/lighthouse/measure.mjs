// One page of each kind, from a host that compresses, by Lighthouse's mobile profile.
//
//     node measure.mjs [KIND…]
//
// Prints a row a page, and ends with 1 if one falls short.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";
import { Host, Site, siteNames } from "../browser/site.mjs";
import { home } from "../browser/support.mjs";
import { options } from "../chromium.mjs";

const LARGEST_PAINT = 900; // ms; it has to be earlier
const categories = ["performance", "accessibility", "best-practices", "seo"];

/** The policy that docs/hosting recommends; the stricter one of the tests keeps Lighthouse itself out. */
const recommended = /Content-Security-Policy "([^"]+)"/.exec(
  readFileSync(join(home, "docs/hosting/nginx.conf"), "utf8"),
)[1];

const wanted = process.argv.slice(2);
const sites = siteNames.map((name) => new Site(name));
const pages = Site.kinds(sites).filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));

const browser = await launcher.launch({
  chromePath: options.executablePath,
  chromeFlags: ["--headless", ...options.args],
  logLevel: "silent",
});
let short = 0;
console.log("kind          performance  accessibility  best practices  SEO  LCP ms  page");
try {
  for (const { kind, path, site } of pages) {
    const host = await Host.start(site, { compress: true, csp: recommended });
    const { lhr } = await lighthouse(host.address + path, { port: browser.port, logLevel: "silent" });
    await host.stop();
    const scores = categories.map((name) => Math.round((lhr.categories[name].score ?? 0) * 100));
    const paint = Math.round(lhr.audits["largest-contentful-paint"].numericValue ?? Infinity);
    const [performance, accessibility, practices, seo] = scores.map(String);
    console.log(
      kind.padEnd(14) +
        performance.padStart(11) +
        accessibility.padStart(15) +
        practices.padStart(16) +
        seo.padStart(5) +
        String(paint).padStart(8) +
        `  ${site.name}: ${path}`,
    );
    if (scores.every((score) => score === 100) && paint < LARGEST_PAINT) continue;
    short++;
    for (const name of categories) {
      for (const { id, weight } of lhr.categories[name].auditRefs) {
        const { score, title, displayValue = "" } = lhr.audits[id];
        if (weight && score !== null && score < 1) console.log(`    ${name}: ${title} ${displayValue}`);
      }
    }
  }
} finally {
  browser.kill();
  for (const site of sites) site.remove();
}
console.log(short ? `${short} of ${pages.length} pages fall short` : `${pages.length} pages, none falls short`);
process.exit(short || !pages.length ? 1 : 0);
