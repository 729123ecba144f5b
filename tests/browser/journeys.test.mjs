// What readers come for, with the keyboard alone, on a phone and on a desk, in Chromium and in
// Firefox: what is on in May, what an office has to do, the table on paper, the calendar in one's own
// calendar, the health check by the sound of its name.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Site } from "./site.mjs";
import { browser, devices, firefox, reader } from "./support.mjs";

const MOST_PRESSES = 120;

let site;
const browsers = {};

before(async () => {
  [site] = await Site.open(["shipped"]);
  browsers.Chromium = await browser();
  browsers.Firefox = await firefox();
});

after(async () => {
  for (const one of Object.values(browsers)) await one.close();
  await Site.close([site]);
});

/** A tab in which only keys are pressed; the same calls for both browsers. */
class Keys {
  static async open(name, device) {
    const keys = new Keys();
    keys.isChromium = name === "Chromium";
    if (keys.isChromium) {
      keys.context = await reader(browsers.Chromium, devices[device]);
      keys.tab = await keys.context.newPage();
    } else {
      keys.context = await browsers.Firefox.createBrowserContext();
      keys.tab = await keys.context.newPage();
      await keys.tab.setViewport(devices[device].viewport);
    }
    await keys.tab.goto(site.host.address);
    return keys;
  }

  close() {
    return this.context.close();
  }

  /** The focused element: its text, where it leads, and what is around it. */
  focused() {
    return this.tab.evaluate(() => {
      const element = document.activeElement;
      return {
        tag: element.localName,
        text: (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, ""),
        href: element.getAttribute("href"),
        inMain: document.querySelector("main").contains(element),
        top: element === document.body,
      };
    });
  }

  /** Presses Tab until the focus is on what is wanted. */
  async reach(what, wanted) {
    for (let press = 0; press < MOST_PRESSES; press++) {
      await this.tab.keyboard.press("Tab");
      const focused = await this.focused();
      if (wanted(focused)) return focused;
      assert.ok(!focused.top || press === 0, `Tab has gone round without meeting ${what}`);
    }
    throw new Error(`${what} is not within ${MOST_PRESSES} presses of Tab`);
  }

  /** Presses Enter on what has the focus, and waits for the page that it leads to. */
  async follow() {
    const { href } = await this.focused();
    const address = new URL(href, this.tab.url());
    const leaves = address.pathname !== new URL(this.tab.url()).pathname;
    const arrived = leaves ? this.tab.waitForNavigation({ waitUntil: "load" }) : undefined;
    await this.tab.keyboard.press("Enter");
    await arrived;
    assert.equal(new URL(this.tab.url()).pathname, address.pathname);
  }

  async goTo(what, wanted) {
    await this.reach(what, wanted);
    await this.follow();
  }

  /** The page's main text, without blanks. */
  text() {
    return this.tab.evaluate(() => document.querySelector("main").innerText.replace(/\s+/g, ""));
  }

  /**
   * The page as it goes to paper: the text of each sheet. What Firefox prints has the shapes of
   * Chinese characters, but not always their codes; digits and Latin letters are right.
   */
  async sheets() {
    const options = { printBackground: false, preferCSSPageSize: true, format: "A4" };
    const bytes = await this.tab.pdf(options);
    const folder = mkdtempSync(join(tmpdir(), "unionplan-paper-"));
    const file = join(folder, "page.pdf");
    writeFileSync(file, bytes);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    return text
      .split("\f")
      .slice(0, -1)
      .map((sheet) => sheet.normalize("NFKC").replace(/\s+/g, ""));
  }
}

function journey(title, options, walk) {
  for (const device of Object.keys(devices)) {
    for (const name of ["Chromium", "Firefox"]) {
      test(`${title}, ${device}, in ${name}`, options, async () => {
        const keys = await Keys.open(name, device);
        try {
          await walk(keys);
        } finally {
          await keys.close();
        }
      });
    }
  }
}

journey("what is on in May", {}, async (keys) => {
  await keys.goTo("May", ({ inMain, href }) => inMain && href?.endsWith("months/05.html"));
  const text = await keys.text();
  for (const words of ["“奋进新征程”拔河比赛", "学讲话、学典型", "先进事迹报告会"]) {
    assert.ok(text.includes(words), `${words}: ${text}`);
  }
  await keys.goTo("the tug-of-war", ({ href }) => href?.endsWith("tug-of-war.html"));
  assert.match(await keys.text(), /5月.*刘婕.*宣教科|5月.*宣教科.*刘婕/);
});

journey("what 宣教科 has to do", {}, async (keys) => {
  await keys.goTo("the offices", ({ text }) => text === "科室");
  await keys.goTo("宣教科", ({ inMain, text }) => inMain && text.includes("宣教科"));
  const text = await keys.text();
  const tasks = ["拔河比赛", "女教职工座谈会", "学讲话、学典型", "气排球"];
  for (const words of tasks) assert.ok(text.includes(words), `${words}: ${text}`);
  assert.ok(!text.includes("继续落实送温暖政策"), "that is the other office's");
});

journey("the table on paper", {}, async (keys) => {
  await keys.goTo("the schedule", ({ text }) => text === "安排表");
  const sheets = await keys.sheets();
  assert.ok(sheets.length <= 2, `${sheets.length} sheets`);
  const paper = sheets.join("");
  for (let item = 1; item <= 16; item++) assert.ok(paper.includes(`${item}.`), `item ${item}`);
  if (!keys.isChromium) return;
  for (const heading of ["事项", "具体任务", "完成时间", "责任领导", "责任科室"]) {
    for (const sheet of sheets) assert.ok(sheet.includes(heading), `${heading}: ${sheet}`);
  }
  for (const words of ["安排好教职工体检", "何频", "刘婕", "探索建立校内教职工医疗互助制度"]) {
    assert.ok(paper.includes(words), `${words}: ${paper}`);
  }
  for (const words of ["跳到正文", "科室通知", "月历"]) assert.ok(!paper.includes(words), words);
});

journey("the plan in one's own calendar", {}, async (keys) => {
  await keys.goTo("the way to subscribe", ({ text }) => /订阅|日历/.test(text));
  await keys.reach("a calendar file", ({ href }) => /\.ics$/.test(href ?? ""));
  const { href } = await keys.focused();
  const address = new URL(href.replace(/^webcal:/, "http:"), keys.tab.url());
  const answer = await fetch(address);
  assert.equal(answer.status, 200);
  const calendar = (await answer.text()).replace(/\r\n[ \t]/g, "");
  assert.match(calendar, /^BEGIN:VCALENDAR\r\n/);
  assert.match(calendar, /\r\nSUMMARY:[^\r]*拔河比赛/);
});

journey("体检 found by pinyin", {}, async (keys) => {
  await keys.goTo("the search", ({ text, href }) => /搜索|查找/.test(text) && /search\.html/.test(href ?? ""));
  const { tag } = await keys.focused();
  if (tag !== "input") await keys.reach("the box", (focused) => focused.tag === "input");
  await keys.tab.keyboard.type("tijian");
  await keys.tab.waitForFunction(() => /\d/.test(document.querySelector("[role=status]").textContent));
  const result = await keys.reach("the health check", ({ inMain, text }) => inMain && text.includes("体检"));
  assert.ok(result.href);
  await keys.follow();
  assert.match(await keys.text(), /安排好教职工体检/);
});
