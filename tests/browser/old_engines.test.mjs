// What the theme hands to browsers can be read by the engines of old phones and of webviews: scripts
// are classic and of 2015, style sheets hold nothing that Chromium 87 lacks unless it can be ignored.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "acorn";
import { Site } from "./site.mjs";

const site = new Site("shipped");
test.after(() => site.remove());

const files = (ending) => site.files.filter((path) => path.endsWith(ending));
const code = (path) => site.read(path).replace(/\/\*[\s\S]*?\*\//g, "");

test("scripts are written in the language of 2015", () => {
  assert.ok(files(".js").length > 0);
  for (const path of files(".js")) {
    assert.doesNotThrow(() => parse(code(path), { ecmaVersion: 2015, sourceType: "script" }), path);
  }
});

test("pages load scripts as classic ones that wait, from files of the site", () => {
  const tags = site.pages.flatMap(({ html }) => html.match(/<script\b[^>]*>/g) ?? []);
  assert.ok(tags.length > 0);
  for (const tag of tags) assert.match(tag, /^<script src="[^":]+\.js"[^>]* defer>$/);
});

/** What Chromium 87 doesn't know, and would lose a whole rule or value by. */
const unknown = [
  /:(has|is|where)\(/, // :is and :where came with 88
  /@layer\b/,
  /@container\b/,
  /@scope\b/,
  /@property\b/, // 85 knows it, other engines of that time don't
  /(^|[{};])\s*&/, // nesting
  /\b(oklch|oklab|lch|lab|color-mix|color|hwb)\(/,
  /\blight-dark\(/,
  /\d(dvh|svh|lvh|dvw|svw|lvw|cqw|cqh|cqi|lh|rlh)\b/,
  /@media[^{]*[<>]/, // ranges
  /\bsubgrid\b/,
  /@supports[^{]*\bselector\(/,
];

test("style sheets use no selector, rule or value that Chromium 87 would trip over", () => {
  assert.ok(files(".css").length > 0);
  for (const path of files(".css")) {
    for (const pattern of unknown) {
      const found = pattern.exec(code(path));
      assert.equal(found && code(path).slice(found.index, found.index + 60), null, path);
    }
  }
});

/** Properties that Chromium 87 lacks and that a page is whole without. */
const extras = [
  "text-autospace",
  "text-spacing-trim",
  "text-wrap",
  "text-size-adjust",
  "accent-color",
  "forced-color-adjust",
  "print-color-adjust",
  "hanging-punctuation",
];

/** Properties that Chromium 87 lacks and that a layout must not rest on. */
const newer = [
  "aspect-ratio",
  "inset-block",
  "container",
  "container-type",
  "translate",
  "rotate",
  "scale",
  "content-visibility",
  "scrollbar-gutter",
  "view-transition-name",
  "animation-timeline",
  "anchor-name",
  "field-sizing",
  "interpolate-size",
  "text-box",
  "masonry-auto-flow",
  "offset",
  "overflow-clip-margin",
];

test("style sheets rest on no property that came after Chromium 87", () => {
  for (const path of files(".css")) {
    const properties = [...code(path).matchAll(/[{;]\s*([a-z-]+)\s*:/g)].map(([, name]) => name);
    assert.ok(properties.length > 100);
    assert.deepEqual(
      properties.filter((name) => newer.includes(name)),
      [],
    );
    // Only what is known to be an extra may stand beside what all engines know.
    const rare = properties.filter((name) => /^(text-|accent|forced|print-color|hanging)/.test(name));
    const old = /^text-(align|decoration|indent|orientation|transform|overflow|underline|combine|emphasis)/;
    assert.deepEqual(
      rare.filter((name) => !extras.includes(name) && !old.test(name)),
      [],
    );
  }
});

test("a value that Chromium 87 lacks stands after one that it knows", () => {
  // The later declaration wins where it is understood, and is dropped where it is not.
  const late = { "overflow-x": "clip", overflow: "clip", width: "fit-content" };
  for (const path of files(".css")) {
    for (const [, block] of code(path).matchAll(/\{([^{}]*)\}/g)) {
      const declarations = block.split(";").map((line) => line.split(":").map((part) => part.trim()));
      declarations.forEach(([property, value], index) => {
        if (late[property] !== value) return;
        const before = declarations.slice(0, index).some(([other]) => other === property);
        assert.ok(before, `${path}: ${property}: ${value} has nothing to fall back on`);
      });
    }
  }
});
