// The reader's own date on pages that know none.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BuiltSite } from "./built.mjs";
import { browser } from "./support.mjs";

describe("today", () => {
  let site, chromium;
  before(async () => {
    site = new BuiltSite();
    chromium = await browser();
  });
  after(async () => {
    await chromium.close();
    site.remove();
  });

  async function open(path, day, options = {}) {
    const page = await chromium.newPage(options);
    page.failures = [];
    page.on("pageerror", (error) => page.failures.push(error.message));
    await page.addInitScript(() => {
      window.shifted = 0;
      const watch = (list) => list.getEntries().forEach((entry) => (window.shifted += entry.value));
      new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
    });
    if (day) await page.clock.setFixedTime(new Date(day));
    await page.goto(site.address(path));
    return page;
  }

  test("the overview says what is on this month and what comes next", async () => {
    const page = await open("index.html", "2021-08-20T10:00:00+08:00");
    const rows = page.locator(".now a");
    assert.equal(await rows.count(), 2);
    assert.match(await rows.nth(0).textContent(), /本月 8月这个月没有列出任务。/);
    assert.match(await rows.nth(1).textContent(), /接下来 9月 共1项组织开展“教书育人/);
    await rows.nth(1).click();
    assert.equal(await page.locator("h1").textContent(), "2021年9月");
    await page.close();
  });

  test("every title of a month is named, and nothing else", async () => {
    const page = await open("2021/index.html", "2021-05-10T10:00:00+08:00");
    const month = await page.locator(".now a span").nth(0).textContent();
    const titles = await page.locator('.year li:has([data-month="5"]) ul a').allTextContents();
    assert.ok(titles.length > 1);
    assert.equal(month, titles.join(" · "));
    await page.close();
  });

  test("a month begins at midnight in Beijing, wherever the reader is", async () => {
    for (const [day, month] of [
      ["2021-05-31T15:59:00Z", "5"],
      ["2021-05-31T16:01:00Z", "6"],
    ]) {
      const page = await open("2021/calendar.html", day, { timezoneId: "America/New_York" });
      const marked = page.locator('.months [aria-current="date"]');
      assert.equal(await marked.getAttribute("data-month"), month);
      await page.close();
    }
  });

  test("the page of an office leads to its own month and its next", async () => {
    const page = await open("2021/offices/publicity.html", "2021-05-10T10:00:00+08:00");
    assert.deepEqual(await page.locator(".beside a").allTextContents(), ["本月 共3项", "接下来 6月 共2项"]);
    await page.locator(".beside a").nth(1).click();
    assert.match(page.url(), /#m06$/);
    await page.close();
    const other = await open("2021/offices/general.html", "2021-11-10T10:00:00+08:00");
    assert.equal(await other.locator(".beside").count(), 0, "nothing is left of its months");
    await other.close();
  });

  test("in another year nothing is said of today", async () => {
    for (const day of ["2020-12-31T10:00:00+08:00", "2022-01-01T10:00:00+08:00"]) {
      const page = await open("index.html", day);
      assert.equal(await page.locator('.now, .mark, .beside, [aria-current="date"]').count(), 0);
      assert.ok(await page.locator(".counts").isVisible());
      await page.close();
    }
  });

  test("nothing moves when today is marked", async () => {
    for (const width of [320, 360, 768, 1280]) {
      for (const path of ["index.html", "2021/calendar.html", "2021/offices/publicity.html", "2021/leaders/he-pin.html"]) {
        const page = await open(path, null, { viewport: { width, height: 800 } });
        const places = () =>
          page.evaluate(() =>
            [...document.querySelectorAll("main h2, main li, main table, footer")]
              .filter((place) => !place.closest(".counts"))
              .map((place) => Math.round(place.getBoundingClientRect().top)),
          );
        const plain = await places();
        await page.close();
        const marked = await open(path, "2021-05-10T10:00:00+08:00", { viewport: { width, height: 800 } });
        const tops = await marked.evaluate(() =>
          [...document.querySelectorAll("main h2, main li, main table, footer")]
            .filter((place) => !place.closest(".counts"))
            .map((place) => Math.round(place.getBoundingClientRect().top)),
        );
        assert.deepEqual(tops, plain, `${path} at ${width}`);
        assert.equal(await marked.evaluate(() => window.shifted), 0, `${path} at ${width}`);
        assert.deepEqual(marked.failures, []);
        await marked.close();
      }
    }
  });
});
