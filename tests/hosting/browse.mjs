// Opens addresses in Chromium, some at a time, and tells of each what the browser did: the
// status, what was asked for, what was said on the console, and what a Content-Security-Policy
// kept from being done.
//
//     node browse.mjs DATE ADDRESS…
//
// DATE is the day that the browser takes for today. The answer is JSON on stdout.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { options } from "../chromium.mjs";

const AT_A_TIME = 8;

const [date, ...addresses] = process.argv.slice(2);

const profile = mkdtempSync(join(tmpdir(), "hosting-browser-"));
const context = await chromium.launchPersistentContext(profile, options);

const results = [];
try {
  await context.clock.setFixedTime(new Date(`${date}T04:00:00Z`));
  for (let first = 0; first < addresses.length; first += AT_A_TIME) {
    results.push(...(await Promise.all(addresses.slice(first, first + AT_A_TIME).map(visit))));
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(results));

async function visit(address) {
  const page = await context.newPage();
  const requests = [];
  const said = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  const response = await page.goto(address, { waitUntil: "networkidle" });
  const seen = await page.evaluate(() => ({
    violations: window.violations,
    title: document.title,
    rules: [...document.styleSheets].map((sheet) => sheet.cssRules.length),
    marks: document.querySelectorAll("em.mark").length,
  }));
  await page.close();
  return { address, status: response.status(), requests, said, ...seen };
}
