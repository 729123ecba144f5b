// Searching in a real browser: what is found and what is not, by keyboard alone, at a root, below a
// path and by file://, with nothing loaded before something is asked.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Project, browser, program } from "./support.mjs";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
  "form-action 'self'; base-uri 'none'";
const types = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

let chromium, project, server, port;

before(async () => {
  chromium = await browser();
  project = new Project();
  execFileSync(program, ["build", "--root", project.root], { stdio: "ignore" });
  server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname.replace(/^\/a\/b(?=\/)/, "");
    try {
      const body = readFileSync(join(project.root, "public", decodeURIComponent(path)));
      const type = types[path.split(".").pop()] ?? "application/octet-stream";
      response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": policy });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = server.address().port;
});

after(async () => {
  await chromium.close();
  server.close();
  project.remove();
});

/** A page with what it asks for and what goes wrong on it. */
async function open(address, prepare) {
  const context = await chromium.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  const requests = [];
  const faults = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  if (prepare) await page.addInitScript(prepare);
  await page.goto(address);
  return { context, page, requests, faults };
}

const places = {
  "a root": () => `http://127.0.0.1:${port}/`,
  "below a path": () => `http://127.0.0.1:${port}/a/b/`,
  "a folder": () => `file://${project.root}/public/`,
};

/** Types a query, waits for what comes of it, and returns that with the marked pieces. */
async function look(page, query) {
  await page.fill("#q", query);
  const asked = new URLSearchParams({ q: query }).get("q");
  await page.waitForFunction(
    (asked) => new URLSearchParams(location.search).get("q") === asked.trim(),
    asked,
  );
  await page.waitForFunction(() => !/正在查找|^$/.test(document.getElementById("said").textContent));
  const marks = await page.locator("#found mark").allTextContents();
  return { said: await page.textContent("#said"), marks: [...new Set(marks)] };
}

for (const [name, at] of Object.entries(places)) {
  test(`at ${name} exact words, pinyin and variants are found, and nothing else`, async () => {
    const { context, page, requests, faults } = await open(`${at()}search.html`);
    assert.ok(requests.length <= 5, requests.join("\n"));
    assert.ok(!requests.some((url) => url.includes("/search/")), "loaded before it was used");
    for (const [query, marked] of [
      ["医疗互助", ["医疗互助"]],
      ["醫療互助", ["医疗互助"]],
      ["拔河", ["拔河"]],
      ["刘婕", ["刘婕"]],
      ["bahe", ["拔河"]],
      ["BaHe", ["拔河"]],
      ["ylhz", ["医疗互助"]],
      ["tijian", ["体检"]],
      ["２０２１", ["2021"]],
      ["体检 宣教科", ["体检", "宣教科"]],
    ]) {
      const { said, marks } = await look(page, query);
      assert.match(said, /^找到\d+条$/, query);
      assert.deepEqual(marks.sort(), marked.sort(), query);
    }
    for (const query of ["世界杯", "互医", "医疗 世界杯", "zzzz"]) {
      const { said, marks } = await look(page, query);
      assert.match(said, /^没有找到/, query);
      assert.deepEqual(marks, []);
    }
    // Whole syllables: neither inside of shen nor the beginning of heng.
    const { marks } = await look(page, "he");
    assert.ok(marks.every((mark) => "和合河何核贺荷喝禾褐赫盒".includes(mark)), marks.join());
    const hosts = requests.filter((url) => !url.startsWith(at()));
    assert.deepEqual(hosts, []);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test("an address with a query shows its results, and Back returns to them", async () => {
  const { context, page } = await open(`${places["a root"]()}search.html?q=%E6%8B%94%E6%B2%B3`);
  await page.getByRole("status").getByText(/^找到/).waitFor();
  assert.equal(await page.inputValue("#q"), "拔河");
  await page.locator("#found a").first().click();
  await page.waitForLoadState();
  assert.match(page.url(), /\/2021\//);
  await page.goBack();
  await page.getByRole("status").getByText(/^找到/).waitFor();
  assert.equal(await page.inputValue("#q"), "拔河");
  await context.close();
});

test("results do not change under the focus of somebody who types and goes on at once", async () => {
  const { context, page } = await open(`${places["a root"]()}search.html`);
  const result = () => document.activeElement.closest("#found a")?.textContent;
  await page.focus("#q");
  await page.keyboard.type("ti");
  await page.getByRole("status").getByText(/^找到/).waitFor();
  await page.keyboard.type("jian");
  for (let step = 0; step < 5 && !(await page.evaluate(result)); step++) {
    await page.keyboard.press("Tab");
  }
  const reached = await page.evaluate(result);
  assert.match(reached, /体检/);
  // Well past the pause after which a query is looked for by itself.
  await page.waitForTimeout(600);
  assert.equal(await page.evaluate(result), reached);
  await context.close();
});

test("by keyboard alone 体检 is found by pinyin and opened", async () => {
  const { context, page } = await open(`${places["a root"]()}index.html`);
  await page.getByRole("link", { name: "搜索" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/search\.html/);
  await page.waitForLoadState();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("tijian");
  await page.getByRole("status").getByText(/^找到/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  const isResult = () => document.activeElement.closest("#found") !== null;
  for (let step = 0; step < 5 && !(await page.evaluate(isResult)); step++) {
    await page.keyboard.press("Tab");
  }
  assert.ok(await page.evaluate(isResult));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/2021\//);
  assert.match(await page.textContent("main"), /体检/);
  await page.goBack();
  await page.locator("#q").focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#q"), "");
  assert.equal(await page.locator("#found a").count(), 0);
  await context.close();
});

test("on a large site a query loads only what may hold its words, the latest years first", async () => {
  const large = new Project();
  const plan = large.read("data/2021/plan.yaml");
  for (let year = 1902; year < 2021; year++) {
    let text = plan.replaceAll("2021", String(year));
    if (year === 1950) text = text.replaceAll("拔河", "划龙舟");
    large.write(`data/${year}/plan.yaml`, text);
  }
  execFileSync(program, ["build", "--root", large.root], { stdio: "ignore" });
  const chunks = readdirSync(join(large.root, "public/search")).length - 1;
  assert.ok(chunks > 5, `${chunks} chunks`);
  const { context, page, requests, faults } = await open(
    `file://${large.root}/public/search.html`,
  );
  const loaded = () => requests.filter((url) => url.includes("/entries.js")).length;
  const rare = await look(page, "劃龍舟");
  assert.match(rare.said, /^找到[23]条$/);
  assert.deepEqual(rare.marks, ["划龙舟"]);
  assert.equal(await page.locator("#found h2").first().textContent(), "1950年");
  assert.equal(loaded(), 1);
  assert.match((await look(page, "龙河")).said, /^没有找到/);
  assert.equal(loaded(), 1);
  const common = await look(page, "拔河");
  assert.match(common.said, /更早的年份/);
  assert.equal(await page.locator("#found a").count(), 50);
  assert.equal(await page.locator("#found h2").first().textContent(), "2021年");
  const years = async () => (await page.locator("#found h2").allTextContents()).map(parseFloat);
  assert.deepEqual(await years(), [...(await years())].sort((one, other) => other - one));
  await page.getByRole("button", { name: "显示更多" }).press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("#found a").length === 100);
  assert.deepEqual(await years(), [...(await years())].sort((one, other) => other - one));
  assert.equal(new Set(await years()).size, (await years()).length);
  // Letters may be pinyin of anything: all chunks are gone through.
  const letters = await look(page, "hualongzhou");
  assert.match(letters.said, /^找到[23]条$/);
  assert.equal(loaded(), chunks);
  assert.deepEqual(faults, []);
  await context.close();
  large.remove();
});

test("a browser that blocks its storage searches all the same", async () => {
  const { context, page, faults } = await open(`${places["a root"]()}search.html`, () => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  assert.match((await look(page, "拔河")).said, /^找到/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("without JavaScript the page says so and leads to the full texts", async () => {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${places["a root"]()}search.html`);
  assert.match(await page.textContent("main"), /搜索要用到JavaScript/);
  await page.locator("#ways").getByRole("link", { name: "通知" }).click();
  assert.match(page.url(), /2021\/notice\.html$/);
  await context.close();
});
