// What the browser tests share: a project in a temporary folder, the preview of it, and a browser.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";
import { options } from "../chromium.mjs";

export const home = new URL("../..", import.meta.url).pathname;
export const program = process.env.UNIONPLAN ?? join(home, "target/debug/unionplan");

/** A copy of the shipped data, which goes when the tests end. */
export class Project {
  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "unionplan-"));
    for (const folder of ["data", "site"]) {
      cpSync(join(home, folder), join(this.root, folder), { recursive: true });
    }
  }

  read(path) {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path, text) {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces a text in a file, which must hold it. */
  replace(path, old, text) {
    const before = this.read(path);
    if (!before.includes(old)) throw new Error(`${path} does not hold ${old}`);
    this.write(path, before.replace(old, () => text));
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** `unionplan serve` at work. */
export class Preview {
  /** Starts it, and waits for the address that it shows. */
  static async start(project, options = []) {
    const preview = new Preview();
    const call = ["serve", "--root", project.root, "--lang", "zh", ...options];
    preview.process = spawn(program, call, { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    preview.address = await new Promise((resolve, reject) => {
      preview.process.on("exit", () => reject(new Error(said)));
      preview.process.stderr.on("data", (text) => {
        said += text;
        const address = /预览：(\S+)\n/.exec(said);
        if (address) resolve(address[1]);
      });
    });
    preview.port = new URL(preview.address).port;
    return preview;
  }

  /** Ends it, and waits until it has ended. */
  async stop() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.on("exit", resolve));
    this.process.kill();
    await ended;
  }
}

/** A browser of its own, perhaps with more arguments. */
export function browser(more = []) {
  return chromium.launch({ ...options, args: [...options.args, ...more] });
}

/** The distribution's Firefox, with a new profile, over WebDriver BiDi. */
export function firefox() {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
    extraPrefsFirefox: {
      // The Tab key reaches links, whatever the desktop says.
      "accessibility.tabfocus": 7,
      "app.update.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "toolkit.telemetry.enabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
    },
  });
}

/** The day on which the tests read, a Wednesday in May of the shipped plan's year. */
export const today = new Date("2021-05-12T04:00:00Z");

/** What a reader holds in hand. */
export const devices = {
  "on a phone": { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true },
  "on a desk": { viewport: { width: 1280, height: 800 } },
};

/** A reader of their own, for whom it is that day. */
export async function reader(chromium, options = devices["on a desk"]) {
  const context = await chromium.newContext(options);
  await context.clock.setFixedTime(today);
  return context;
}

/** A page as messages name it. */
export function named(page) {
  return `${page.site.name}: ${page.path} (${page.kind})`;
}
