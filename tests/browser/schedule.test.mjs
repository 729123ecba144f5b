// Narrowing the schedule down.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { BuiltSite } from "./built.mjs";
import { Project, browser } from "./support.mjs";

const SCHEDULE = "2021/schedule.html";

describe("filters on the schedule", () => {
  let site, chromium;
  before(async () => {
    const project = new Project();
    project.replace("data/2021/plan.yaml", "          - task: 学讲话、学典型\n", "          - task: 学讲话、学典型\n            id: learn\n");
    project.write("data/2021/updates.yaml", "- { on: 2021-05-20, about: learn, status: done }\n");
    site = new BuiltSite(project);
    chromium = await browser();
  });
  after(async () => {
    await chromium.close();
    site.remove();
  });

  async function open(path = SCHEDULE, options = {}) {
    const page = await chromium.newPage(options);
    page.failures = [];
    page.on("pageerror", (error) => page.failures.push(error.message));
    await page.goto(site.address(path));
    return page;
  }

  const shown = (page) => page.locator("tbody tr:visible").count();
  const tasks = (page) => page.locator("tbody tr:visible .task").allTextContents();

  /* The table as a grid: which section, item and task stand in each row, by merged cells. */
  const grid = (page) =>
    page.evaluate(() => {
      const rows = [];
      for (const body of document.querySelectorAll(".plan tbody")) {
        const visible = [...body.rows].filter((row) => !row.hidden);
        const filled = visible.map(() => []);
        visible.forEach((row, at) => {
          let column = 0;
          for (const cell of row.cells) {
            while (filled[at][column] !== undefined) column++;
            for (let below = 0; below < cell.rowSpan; below++) {
              if (!filled[at + below]) throw new Error(`a cell spans beyond its rows: ${cell.textContent}`);
              filled[at + below][column] = cell.lastElementChild && cell.tagName === "TH" ? cell.textContent : cell.lastChild?.nodeValue ?? "";
            }
          }
        });
        rows.push(...filled.map((cells) => cells.slice(0, 3)));
      }
      return rows;
    });

  test("rows keep their section and their item whatever is chosen, and come back as they were", async () => {
    const page = await open();
    const whole = await grid(page);
    assert.equal(whole.length, 32);
    await page.getByRole("button", { name: "筛选" }).click();
    for (const choice of ["5", "6", "10", "11", "0", "any"]) {
      await page.getByLabel("月份").selectOption(choice);
      const part = await grid(page);
      assert.ok(part.length > 0 && part.length < 32);
      for (const row of part) {
        assert.ok(whole.some((other) => other.join() === row.join()), row.join());
      }
    }
    await page.getByRole("button", { name: "清除" }).click();
    assert.deepEqual(await grid(page), whole);
    assert.deepEqual(page.failures, []);
    await page.close();
  });

  test("a month has its own tasks, and those without a month when they are asked for", async () => {
    const page = await open(`${SCHEDULE}?month=5`);
    assert.equal(await shown(page), 3);
    assert.match((await tasks(page)).join(), /拔河比赛（5月）.*学讲话/);
    assert.equal(await page.getByRole("status").textContent(), "筛选：5月，3项，另有全年、适时的21项");
    await page.getByLabel("连同全年和适时的任务").check();
    assert.equal(await shown(page), 24);
    assert.match(page.url(), /month=5&rest=1$/);
    await page.close();
  });

  test("an office and a leader together", async () => {
    const page = await open();
    await page.getByRole("button", { name: "筛选" }).click();
    await page.getByLabel("责任科室").selectOption("综合科");
    await page.getByLabel("责任领导").selectOption("刘婕");
    assert.equal(await page.getByRole("status").textContent(), "筛选：综合科、刘婕，没有这样的任务");
    assert.ok(await page.locator("table").isHidden());
    await page.getByLabel("责任领导").selectOption("何频");
    assert.equal(await shown(page), 9);
    await page.close();
  });

  test("progress can be chosen once there is any", async () => {
    const page = await open(`${SCHEDULE}?progress=done`);
    assert.deepEqual(await tasks(page), ["学讲话、学典型 已完成"]);
    await page.close();
  });

  test("what the address says that is not known is left alone", async () => {
    const page = await open(`${SCHEDULE}?office=nobody&month=13&from=wechat&%E0=1`);
    assert.equal(await shown(page), 32);
    await page.getByRole("button", { name: "筛选" }).click();
    await page.getByLabel("责任科室").selectOption("publicity");
    assert.match(page.url(), /\?from=wechat&%E0=1&office=publicity$/);
    assert.deepEqual(page.failures, []);
    await page.close();
  });

  test("Back leaves the page, and Forward finds what was chosen", async () => {
    const page = await open("2021/notice.html");
    await page.goto(site.address(SCHEDULE));
    await page.getByRole("button", { name: "筛选" }).click();
    await page.getByLabel("月份").selectOption("6");
    await page.getByLabel("责任科室").selectOption("general");
    await page.goBack();
    assert.match(page.url(), /notice\.html$/);
    await page.goForward();
    assert.equal(await shown(page), 1);
    assert.equal(await page.getByLabel("月份").inputValue(), "6");
    await page.close();
  });

  test("on a phone the cards are the same rows, under their sections", async () => {
    const page = await open(`${SCHEDULE}?office=general`, { viewport: { width: 320, height: 700 } });
    assert.equal(await shown(page), 9);
    assert.equal(await page.locator(".sec:visible").count(), 3);
    for (const control of await page.locator("select:visible, .filters button:visible, .open").all()) {
      assert.ok((await control.boundingBox()).height >= 44);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.close();
  });

  test("paper has what is chosen, and says so", async () => {
    const page = await open(`${SCHEDULE}?office=general`);
    await page.emulateMedia({ media: "print" });
    assert.equal(await shown(page), 9);
    assert.ok(await page.getByText("筛选：综合科，9项").isVisible());
    assert.equal(await page.locator("form:visible, .open:visible").count(), 0);
    await page.close();
  });

  test("without scripts there is the whole table and nothing to choose", async () => {
    const page = await open(`${SCHEDULE}?month=5`, { javaScriptEnabled: false });
    assert.equal(await shown(page), 32);
    assert.equal(await page.locator("select, form, button").count(), 0);
    await page.close();
  });

  test("a browser that knows no history still chooses", async () => {
    const page = await chromium.newPage();
    await page.addInitScript(() => {
      History.prototype.replaceState = () => {
        throw new Error("forbidden");
      };
      delete window.URLSearchParams;
    });
    await page.goto(site.address(SCHEDULE));
    await page.getByRole("button", { name: "筛选" }).click();
    await page.getByLabel("月份").selectOption("11");
    assert.equal(await shown(page), 2);
    await page.close();
  });
});
