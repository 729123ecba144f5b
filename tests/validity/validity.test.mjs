// Every page and every style sheet is valid by the Nu checker, and every link leads somewhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { Site, siteNames } from "../browser/site.mjs";
import { home } from "../browser/support.mjs";

const checker = join(home, "tests/node_modules/vnu-jar/build/dist/vnu.jar");

/**
 * Messages that are borne, each with its reason: `{ message: /…/, reason: "…" }`. One that no page
 * calls for any more has to go.
 */
const explained = [];

const sites = siteNames.map((name) => new Site(name));
after(() => sites.forEach((site) => site.remove()));

/** What the checker says of files of all sites: errors, warnings and remarks alike. */
function messages(ending, ...options) {
  const files = sites.flatMap((site) =>
    site.files.filter((path) => path.endsWith(ending)).map((path) => join(site.folder, path)),
  );
  assert.ok(files.length >= sites.length);
  const call = ["-jar", checker, "--format", "json", "--exit-zero-always", ...options, ...files];
  const run = spawnSync("java", call, { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stderr).messages.map(({ url, type, lastLine, message, extract }) => {
    const site = sites.find(({ folder }) => url.includes(folder));
    const path = url.slice(url.indexOf(site.folder) + site.folder.length + 1);
    return `${site.name}: ${path}:${lastLine}: ${type}: ${message} ${extract ?? ""}`;
  });
}

test("the Nu checker finds nothing that is not explained in any page or style sheet", () => {
  const found = [...messages(".html"), ...messages(".css", "--css")];
  const unexplained = found.filter((line) => !explained.some(({ message }) => message.test(line)));
  assert.deepEqual(unexplained, []);
  for (const { message } of explained) {
    assert.ok(
      found.some((line) => message.test(line)),
      `nothing calls for ${message} any more`,
    );
  }
});

test("the checker would see a fault", () => {
  const [site] = sites;
  const html = site.read("about.html").replace("<main ", '<main role="main" aria-nonsense="1" ');
  const call = ["-jar", checker, "--format", "json", "--exit-zero-always", "-"];
  const run = spawnSync("java", call, { encoding: "utf8", input: html });
  assert.match(run.stderr, /aria-nonsense/);
});

for (const site of sites) {
  test(`every link and fragment of the site ${site.name} leads somewhere`, () => {
    const call = [join(home, "tests/check-links.py"), site.folder];
    if (site.prefix) call.push(site.prefix);
    const run = spawnSync("python3", call, { encoding: "utf8" });
    assert.equal(run.status, 0, run.stdout + run.stderr);
    assert.match(run.stdout, new RegExp(`^${site.pages.length} pages, [1-9]\\d+ links, 0 faults$`, "m"));
  });
}
