// Whole sites for the browser tests: built once through the program into a temporary folder, listed
// page by page with their kinds, and served as a strict host would serve them.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { home, program } from "./support.mjs";
import { longPlan } from "./long_plan.mjs";

/** The strictest policy that a page with one sheet, scripts of its own and an icon can live under. */
export const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The sites that are looked at, by name: what each is made from. */
const sources = {
  shipped: (root) => {
    for (const folder of ["data", "site"]) copy(join(home, folder), join(root, folder));
  },
  "by-month": (root) => copy(join(home, "tests/fixtures/by-month"), root),
  traditional: (root) => copy(join(home, "tests/fixtures/traditional"), root),
  long: (root) => {
    for (const [path, text] of Object.entries(longPlan())) write(join(root, path), text);
  },
};

export const siteNames = Object.keys(sources);

/** A site on disk. */
export class Site {
  /** Builds the site of that name; with the theme as it stands in the sources. */
  constructor(name) {
    this.name = name;
    this.root = mkdtempSync(join(tmpdir(), "unionplan-site-"));
    this.folder = join(this.root, "public");
    sources[name](this.root);
    copy(join(home, "themes"), join(this.root, "themes"));
    execFileSync(program, ["build", "--root", this.root], { stdio: ["ignore", "ignore", "pipe"] });
    // Where the site says that it stands, its page for missing addresses links from there.
    const base = existsSync(join(this.root, "site/site.yaml"))
      ? /^base_url: (\S+)$/m.exec(readFileSync(join(this.root, "site/site.yaml"), "utf8"))?.[1]
      : undefined;
    this.prefix = base ? `${new URL(base).pathname.replace(/\/$/, "")}/` : undefined;
    this.files = listFiles(this.folder);
    this.pages = this.files.filter((path) => path.endsWith(".html")).map((path) => this.#page(path));
  }

  /** Builds sites, all or those named, and shows each of them on a host of its own. */
  static async open(names = siteNames) {
    const sites = names.map((name) => new Site(name));
    for (const site of sites) site.host = await Host.start(site);
    return sites;
  }

  /** Ends what `open` began. */
  static async close(sites) {
    for (const site of sites ?? []) {
      await site.host.stop();
      site.remove();
    }
  }

  /** One page of each kind that there is, from the first of the sites that has it. */
  static kinds(sites) {
    const found = new Map();
    for (const page of sites.flatMap((site) => site.kinds)) {
      if (!found.has(page.kind)) found.set(page.kind, page);
    }
    return [...found.values()];
  }

  #page(path) {
    const html = this.read(path);
    const classes = /<body[^>]*\bclass="([^"]*)"/.exec(html)?.[1].split(/\s+/) ?? [];
    const kind = classes.find((name) => name.startsWith("k-"))?.slice(2);
    if (!kind) throw new Error(`${this.name}: ${path} does not say what kind of page it is`);
    return { site: this, path, kind, bytes: Buffer.byteLength(html), html };
  }

  /** The fullest page of each kind, in the order of the kinds' names. */
  get kinds() {
    const fullest = new Map();
    for (const page of this.pages) {
      if (page.bytes > (fullest.get(page.kind)?.bytes ?? 0)) fullest.set(page.kind, page);
    }
    return [...fullest.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  page(path) {
    return this.pages.find((page) => page.path === path);
  }

  read(path, encoding = "utf8") {
    return readFileSync(join(this.folder, path), encoding);
  }

  /** Bytes of a file as `--compress` has them for hosts to send. */
  weight(path) {
    return brotliCompressSync(this.read(path, null)).length;
  }

  /** What a page loads by itself: paths below the site's folder. */
  loads(page) {
    const found = new Set();
    for (const [, tag, attributes] of page.html.matchAll(/<(link|script|img)\b([^>]*)>/g)) {
      const value = new RegExp(`\\b${tag === "link" ? "href" : "src"}="([^"]*)"`).exec(attributes)?.[1];
      if (!value || (tag === "link" && !/rel="(stylesheet|icon|preload)"/.test(attributes))) continue;
      const { pathname } = new URL(value, `https://host/${page.path}`);
      const prefix = this.prefix && pathname.startsWith(this.prefix) ? this.prefix : "/";
      found.add(decodeURI(pathname.slice(prefix.length)));
    }
    return [...found];
  }

  /** Where the page is when the folder is opened from disk. */
  fileAddress(path) {
    return pathToFileURL(join(this.folder, path)).href;
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/** A plain web server on this machine, which shows a site below a path and notes what it is asked. */
export class Host {
  /**
   * Starts it. `prefix` begins and ends with a slash; a site that names its address is shown where
   * it says. With `compress`, texts go out compressed, as most hosts send them.
   */
  static async start(site, { prefix = site.prefix ?? "/", compress = false, csp = policy } = {}) {
    const host = new Host();
    host.requests = [];
    host.server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://host");
      host.requests.push(pathname);
      let path = decodeURIComponent(pathname);
      let status = 200;
      path = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
      if (path === "" || path?.endsWith("/")) path += "index.html";
      if (!site.files.includes(path)) [status, path] = [404, "404.html"];
      let body = site.read(path, null);
      const headers = {
        "Content-Type": types[extname(path)] ?? "application/octet-stream",
        "Content-Security-Policy": csp,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": path.includes("assets/") ? "max-age=31536000, immutable" : "no-cache",
      };
      if (compress) {
        body = gzipSync(body);
        headers["Content-Encoding"] = "gzip";
      }
      response.writeHead(status, { ...headers, "Content-Length": body.length });
      response.end(body);
    });
    await new Promise((resolve) => host.server.listen(0, "127.0.0.1", resolve));
    host.origin = `http://127.0.0.1:${host.server.address().port}`;
    host.address = `${host.origin}${prefix}`;
    return host;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function copy(from, to) {
  cpSync(from, to, { recursive: true });
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}
