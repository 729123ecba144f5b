// The unions and plans of data/, and the pages of each kind. A plan is read and filed again only
// where its file has changed since the last build of the same process.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { load, CORE_SCHEMA } from "js-yaml";
import { planPages, unionPages } from "../lib/plan.js";

const times = JSON.parse(readFileSync("_data/times.json", "utf8"));
const read = new Map();

function yaml(file) {
  const { mtimeMs, size, ino } = statSync(file);
  const known = read.get(file);
  if (known && known.mtimeMs === mtimeMs && known.size === size && known.ino === ino) return known;
  const fresh = { mtimeMs, size, ino, value: load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA }) };
  read.set(file, fresh);
  return fresh;
}

function years(folder) {
  const names = readdirSync(folder).filter((name) => /^\d{4}$/.test(name));
  return names.sort().reverse();
}

export default function () {
  const branches = existsSync("data/branches") ? readdirSync("data/branches") : [];
  branches.sort((a, b) => (a < b ? -1 : 1));
  const folders = [["data", ""], ...branches.map((id) => [`data/branches/${id}`, `branches/${id}/`])];
  const unions = folders.map(([folder, base]) => ({
    folder,
    base,
    file: yaml(`${folder}/union.yaml`),
    years: years(folder),
  }));
  const main = unions[0].file.value;
  const pages = {};
  const add = (list) => {
    for (const page of list) (pages[page.kind] ??= []).push(page);
  };
  for (const union of unions) {
    for (const year of union.years) {
      const file = yaml(`${union.folder}/${year}/plan.yaml`);
      if (!file.pages || file.union !== union.file) {
        file.union = union.file;
        file.frame = {
          union: union.file.value,
          base: union.base,
          parent: union.base ? main.short_name : null,
          branches: branches.length > 0,
          severalYears: union.years.length > 1,
          current: year === union.years[0],
          year: Number(year),
          times,
        };
        file.pages = planPages(file.frame, file.value);
      }
      add(file.pages);
    }
    union.plans = union.years.map((year) => yaml(`${union.folder}/${year}/plan.yaml`));
    add(unionPages(union, main, branches.length > 0));
  }
  if (branches.length > 0) {
    pages.branches = [
      { ...pages.missing[0], kind: "branches", path: "branches.html", unions: unions.slice(1) },
    ];
  }
  return pages;
}
