// Subscribing on a phone, by keyboard alone: from the overview to an office's calendar file, whose
// bytes are those that were built.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Preview, Project, browser } from "./support.mjs";

let chromium, context, page, project, preview;

before(async () => {
  chromium = await browser();
});

after(async () => {
  await chromium.close();
});

beforeEach(async () => {
  project = new Project();
  context = await chromium.newContext({ viewport: { width: 360, height: 640 } });
  page = await context.newPage();
  preview = await Preview.start(project, ["--port", "0"]);
});

afterEach(async () => {
  await context.close();
  await preview.stop();
  project.remove();
});

/** Presses Tab until a link has the focus whose text, behind a count, begins so. */
const reach = async (name) => {
  for (let pressed = 0; pressed < 200; pressed += 1) {
    await page.keyboard.press("Tab");
    const said = await page.evaluate(() => document.activeElement.textContent.trim());
    if (said.replace(/^\d+\s*/, "").startsWith(name)) return;
  }
  assert.fail(`no Tab leads to ${name}`);
};

/** Follows the link of that name by keyboard to an address. */
const follow = async (name, address) => {
  await reach(name);
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
};

test("an office's calendar is reached by keyboard from the overview, and is what was built", async () => {
  await page.goto(preview.address);
  await follow("科室", "**/offices.html");
  await follow("宣教科", "**/offices/publicity.html");
  await follow("订阅日历", "**/publicity.html#subscribe");
  await reach("下载日历文件");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "publicity.ics");
  const received = readFileSync(await download.path());
  const built = readFileSync(`${project.root}/public/2021/offices/publicity.ics`);
  assert.deepEqual(received, built);
});

test("how to subscribe is told on the calendar page, to which an office's page leads", async () => {
  await page.goto(new URL("2021/offices/publicity.html#subscribe", preview.address).href);
  await follow("怎么订阅", "**/calendar.html#subscribe");
  const told = await page.locator("#subscribe").innerText();
  for (const program of ["iPhone", "小米、华为", "Outlook", "微信"]) {
    assert.ok(told.includes(program), told);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(wide, 360, "nothing is wider than the phone");
});

test("the file is offered for download without a server, too", async () => {
  await page.goto(`file://${project.root}/public/2021/calendar.html`);
  await reach("下载日历文件");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "calendar.ics");
});
