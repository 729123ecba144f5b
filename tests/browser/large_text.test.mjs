// Large text, remembered where the browser allows.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BuiltSite } from "./built.mjs";
import { browser } from "./support.mjs";

const KINDS = [
  "index.html", "2021/calendar.html", "2021/months/05.html", "2021/schedule.html", "2021/sections/1.html", "2021/items/2.html",
  "2021/activities/tug-of-war.html", "2021/offices.html", "2021/offices/publicity.html", "2021/leaders/he-pin.html",
  "2021/notice.html", "about.html", "accessibility.html", "404.html",
];

describe("large text", () => {
  let site, chromium;
  before(async () => {
    site = new BuiltSite();
    chromium = await browser();
  });
  after(async () => {
    await chromium.close();
    site.remove();
  });

  const size = (page) => page.evaluate(() => getComputedStyle(document.body).fontSize);

  test("a button enlarges the text, and the next page remembers", async () => {
    const page = await chromium.newPage();
    await page.goto(site.address("index.html"));
    assert.equal(await size(page), "18px");
    await page.getByRole("button", { name: "大字版" }).click();
    assert.equal(await size(page), "22.5px");
    await page.goto(site.address("accessibility.html"));
    assert.equal(await size(page), "22.5px");
    await page.getByRole("button", { name: "标准版" }).click();
    await page.goto(site.address("2021/notice.html"));
    assert.equal(await size(page), "18px");
    await page.close();
  });

  test("where storage is blocked it holds for the page", async () => {
    const page = await chromium.newPage();
    const failures = [];
    page.on("pageerror", (error) => failures.push(error.message));
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    });
    await page.goto(site.address("index.html"));
    await page.getByRole("button", { name: "大字版" }).click();
    assert.equal(await size(page), "22.5px");
    await page.reload();
    assert.equal(await size(page), "18px");
    assert.deepEqual(failures, []);
    await page.close();
  });

  test("without scripts a link tells how to enlarge", async () => {
    const page = await chromium.newPage({ javaScriptEnabled: false });
    await page.goto(site.address("2021/items/2.html"));
    await page.getByRole("link", { name: "大字版" }).click();
    assert.equal(await page.locator("h1").textContent(), "无障碍声明");
    await page.close();
  });

  test("no kind of page overflows a narrow screen, in either size, with text spaced out", async () => {
    const page = await chromium.newPage({ viewport: { width: 320, height: 700 } });
    for (const path of KINDS) {
      for (const large of ["0", "1"]) {
        await page.goto(site.address(path));
        await page.evaluate((value) => localStorage.setItem("large-text", value), large);
        await page.reload();
        const excess = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(await excess(), 0, `${path} ${large}`);
        await page.addStyleTag({
          content: "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
        });
        assert.equal(await excess(), 0, `${path} ${large}, spaced out`);
      }
    }
    await page.close();
  });

  test("paper keeps its own sizes", async () => {
    const page = await chromium.newPage();
    await page.goto(site.address("index.html"));
    await page.getByRole("button", { name: "大字版" }).click();
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("html.large").count(), 0);
    assert.equal(await page.locator(".strip").count(), 1);
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator("html.large").count(), 1);
    await page.close();
  });
});
