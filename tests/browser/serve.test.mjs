// What a browser makes of `unionplan serve`: pages follow each change and stay where they were,
// and what is wrong with the data lies over them until it is mended.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Preview, Project, browser } from "./support.mjs";

const plan = "data/2021/plan.yaml";
const phone = { width: 360, height: 640 };

let chromium, context, page, project, preview;

before(async () => {
  chromium = await browser();
});

after(async () => {
  await chromium.close();
});

beforeEach(async () => {
  project = new Project();
  context = await chromium.newContext({ viewport: phone });
  page = await context.newPage();
});

afterEach(async () => {
  await context.close();
  await preview?.stop();
  preview = undefined;
  project.remove();
});

const serve = async (...options) => {
  preview = await Preview.start(project, ["--port", "0", ...options]);
  return preview;
};

const sheet = () => page.locator("unionplan-preview section");
const strip = () => page.locator("unionplan-preview .strip");
const position = () => page.evaluate(() => Math.round(scrollY));
const gone = () => page.locator("unionplan-preview").waitFor({ state: "hidden" });

/** Marks the page as it is, so that a test can tell whether it was loaded again. */
const mark = () => page.evaluate(() => void (window.marked = true));
const isMarked = () => page.evaluate(() => window.marked === true);

test("a page follows a change, below a prefix, and stays where it was scrolled to", async () => {
  await serve("--prefix", "/a/b/");
  await page.goto(`${preview.address}2021/schedule.html`);
  await page.evaluate(() => scrollTo(0, 2500));
  project.replace(plan, "task: 安排好教职工体检", "task: 安排好全体教职工体检");
  await page.getByText("安排好全体教职工体检").waitFor();
  await page.waitForLoadState();
  assert.equal(await position(), 2500);
  // And once more: the place that was kept is used up, and kept anew.
  await page.evaluate(() => scrollTo(0, 1000));
  project.replace(plan, "task: 安排好全体教职工体检", "task: 安排教职工体检");
  await page.getByText("安排教职工体检", { exact: true }).waitFor();
  await page.waitForLoadState();
  assert.equal(await position(), 1000);
  await page.goto(`${preview.address}2021/notice.html`);
  assert.equal(await position(), 0);
});

test("what was opened stays open, and a box that was scrolled stays scrolled", async () => {
  project.write("site/site.yaml", `${project.read("site/site.yaml")}\nraw_html: true\n`);
  const fold = (name) => `<details><summary>${name}</summary><p>${name}的内容</p></details>\n`;
  const wide = '<div id="wide" style="overflow: auto"><p style="width: 3000px">宽</p></div>\n';
  const write = (more) =>
    project.write("site/pages/fold.md", `# 折叠\n\n${more}${fold("甲")}${fold("乙")}${wide}`);
  write("");
  await serve();
  await page.goto(`${preview.address}fold.html`);
  await page.getByText("乙", { exact: true }).click();
  await page.evaluate(() => document.getElementById("wide").scrollTo(700, 0));
  write(`<p>新的一段</p>\n${fold("丙")}`);
  await page.getByText("新的一段").waitFor();
  await page.waitForLoadState();
  const open = await page.locator("details[open] summary").allTextContents();
  assert.deepEqual(open, ["乙"]);
  assert.equal(await page.evaluate(() => document.getElementById("wide").scrollLeft), 700);
});

test("faults lie over the page until they are mended, and the page beneath is not lost", async () => {
  await serve();
  await page.goto(`${preview.address}2021/schedule.html`);
  await page.evaluate(() => scrollTo(0, 1500));
  await mark();
  project.replace(plan, "when: 11月\n", "when: 11月分\n");
  await sheet().waitFor();
  const text = (await sheet().innerText()).replace(/\s+/g, " ");
  for (const words of [
    "1处错误，网站没有改动",
    "读不懂时间“11月分”",
    "data/2021/plan.yaml:134:19",
    "怎么改 是不是“11月份”？",
  ]) {
    assert.ok(text.includes(words), `${words}: ${text}`);
  }
  assert.ok(!text.includes("unreadable-time"), "a name for searching has no room on phones");
  assert.equal(await sheet().locator("mark").textContent(), "11月分");
  assert.equal(await sheet().getByText("怎么改").count(), 1);
  const line = await sheet().locator("pre > span").innerText();
  assert.equal(line, line.trimStart(), "nor has the indentation");
  assert.equal(await position(), 1500);
  const box = await sheet().boundingBox();
  assert.ok(box.height <= phone.height * 0.4 + 1, "the page shows above");
  await page.setViewportSize({ width: 1280, height: 700 });
  assert.ok((await sheet().innerText()).includes("unreadable-time"));
  await page.setViewportSize(phone);
  project.replace(plan, "when: 11月分\n", "when: 11月\n");
  await gone();
  assert.ok(await isMarked(), "nothing has changed, so the page stays");
  assert.equal(await position(), 1500);
});

test("the sheet takes the focus, is put away with Escape or its button, and can be fetched back", async () => {
  await serve();
  await page.goto(preview.address);
  const link = page.locator("main a").first();
  await link.focus();
  project.replace(plan, "when: 11月\n", "when: 11月分\n");
  await sheet().waitFor();
  await page.waitForFunction(() => document.activeElement.localName === "unionplan-preview");
  assert.equal(await sheet().getAttribute("role"), "alertdialog");
  const dialog = page.getByRole("alertdialog", { name: "1处错误，网站没有改动" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await sheet().waitFor({ state: "hidden" });
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  // Another page of the site keeps it put away.
  await page.goto(`${preview.address}2021/notice.html`);
  await strip().waitFor();
  assert.ok(await sheet().isHidden());
  await strip().click();
  await sheet().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // its button
  await sheet().waitFor({ state: "hidden" });
  // Other faults are news.
  project.replace(plan, "when: 11月分\n", "when: 12月分\n");
  await sheet().waitFor();
  await page.getByText("读不懂时间“12月分”").waitFor();
});

test("the end of the page can be reached below the sheet, the strip, and without either", async () => {
  await serve();
  await page.goto(`${preview.address}2021/schedule.html`);
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const bare = await height();
  const reachesEnd = async (over) => {
    const { height: covered } = await over().boundingBox();
    await page.waitForFunction(
      (expected) => Math.abs(document.documentElement.scrollHeight - expected) <= 1,
      bare + covered,
    );
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const end = await page.evaluate(() => document.body.getBoundingClientRect().bottom);
    assert.ok(end <= (await over().boundingBox()).y + 1, `${end}`);
  };
  project.replace(plan, "when: 11月\n", "when: 11月分\n");
  await sheet().waitFor();
  await reachesEnd(sheet);
  await sheet().locator(".close").click();
  await strip().waitFor();
  await reachesEnd(strip);
  project.replace(plan, "when: 11月分\n", "when: 11月\n");
  await gone();
  assert.equal(await height(), bare);
});

test("all faults are listed, the first in full, and the rest open when asked", async () => {
  await serve();
  await page.goto(preview.address);
  const many = project.read(plan).replaceAll("leader: 刘婕", "leader: 刘洁");
  project.write(plan, many);
  await sheet().waitFor();
  const count = many.split("leader: 刘洁").length - 1;
  assert.ok(count > 5);
  assert.equal(await sheet().locator("li").count(), count);
  assert.equal(await sheet().locator("details[open]").count(), 3);
  const last = sheet().locator("details").last();
  await last.locator("summary").click();
  await last.getByText("是不是“刘婕”？").waitFor();
});

test("text of the data is shown as text", async () => {
  await serve();
  await page.goto(preview.address);
  const trap = "<img src=x onerror=caught()>";
  await page.evaluate(() => (window.caught = () => (document.title = "caught")));
  project.replace(plan, "office: 宣教科", `office: "${trap}"`);
  await sheet().waitFor();
  assert.ok((await sheet().innerText()).includes(`没有叫“${trap}”的科室`));
  assert.equal(await sheet().locator("img").count(), 0);
  assert.notEqual(await page.title(), "caught");
});

test("a plan with faults and no site yet heals into the site", async () => {
  project.replace(plan, "when: 11月\n", "when: 11月分\n");
  await serve();
  await page.goto(`${preview.address}2021/calendar.html`);
  await sheet().waitFor();
  assert.equal(await page.title(), "网站还没有生成");
  project.replace(plan, "when: 11月分\n", "when: 11月\n");
  await page.locator("main").waitFor();
  assert.ok((await page.title()).includes("月历"));
  await gone();
});

test("warnings are a line at the foot, and the site follows all the same", async () => {
  await serve();
  await page.goto(preview.address);
  project.replace(plan, "title: 湖南科技大学2021年", "title: 湖南科技大学2020年");
  await strip().waitFor();
  assert.ok((await page.locator("h1").innerText()).includes("2020"));
  assert.ok(await sheet().isHidden());
  await strip().click();
  await sheet().getByText("提醒", { exact: true }).waitFor();
});

test("a page that goes shows the site's own page for that, and itself when it comes back", async () => {
  await serve();
  await page.goto(`${preview.address}2021/activities/tug-of-war.html`);
  const title = await page.title();
  project.replace(plan, "id: tug-of-war", "id: rope");
  await page.waitForFunction((title) => document.title !== title, title);
  await page.locator(".k-missing").waitFor();
  project.replace(plan, "id: rope", "id: tug-of-war");
  await page.waitForFunction((title) => document.title === title, title);
});

test("a page that outlives the preview says so, and follows the next one", async () => {
  await serve();
  await page.goto(`${preview.address}2021/schedule.html`);
  await page.evaluate(() => scrollTo(0, 700));
  const { port } = preview;
  await preview.stop();
  await strip().getByText("预览程序已经停止").waitFor();
  const strips = await strip().evaluate((element) => getComputedStyle(element).borderTopWidth);
  assert.equal(strips, "4px", "its style came before the server went");
  project.replace(plan, "task: 安排好教职工体检", "task: 安排好全体教职工体检");
  preview = await Preview.start(project, ["--port", port]);
  await page.getByText("安排好全体教职工体检").waitFor();
  await page.waitForLoadState();
  assert.equal(await position(), 700);
  await gone();
});

test("more tabs than a browser has connections are all served", async () => {
  await serve();
  const tabs = [];
  for (let number = 0; number < 9; number++) {
    const tab = await context.newPage();
    // As if it lay behind another: headless, every tab believes that it is seen.
    await tab.addInitScript(() =>
      Object.defineProperty(document, "visibilityState", { get: () => window.seen ?? "hidden" }),
    );
    await tab.goto(`${preview.address}2021/notice.html`);
    tabs.push(tab);
  }
  project.replace(plan, "title: 湖南科技大学2021年工会工作要点", "title: 2021年工作要点甲");
  await page.goto(preview.address);
  await page.getByText("2021年工作要点甲").first().waitFor();
  const last = tabs.at(-1);
  await last.evaluate(() => {
    window.seen = "visible";
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await last.getByText("2021年工作要点甲").first().waitFor();
});

test("the sheet can be read in light and dark, wide and narrow", async () => {
  await serve();
  project.replace(plan, "when: 11月\n", "when: 11月分\n");
  for (const width of [320, 1280]) {
    for (const scheme of ["light", "dark"]) {
      await page.setViewportSize({ width, height: 700 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(preview.address);
      await sheet().waitFor();
      const overflow = await page.evaluate(() => {
        const { shadowRoot } = document.querySelector("unionplan-preview");
        const sheet = shadowRoot.querySelector("section");
        return sheet.scrollWidth - sheet.clientWidth;
      });
      assert.equal(overflow, 0, `${width} ${scheme}`);
      const ratios = await page.evaluate(contrasts);
      assert.ok(ratios.length > 5);
      for (const [text, ratio] of ratios) assert.ok(ratio >= 4.5, `${scheme} ${text}: ${ratio}`);
      const close = await sheet().locator(".close").boundingBox();
      assert.ok(close.width >= 44 && close.height >= 44);
    }
  }
});

/** The contrast of each text of the sheet with what lies behind it, as WCAG reckons it. */
function contrasts() {
  const { shadowRoot } = document.querySelector("unionplan-preview");
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? ground(element.parentElement) : colour;
  };
  const texts = [...shadowRoot.querySelectorAll("section *")].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  return texts.map((element) => {
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    return [element.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}
