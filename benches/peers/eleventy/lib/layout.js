// The frame of every page, and the pieces that several kinds of page share.

import { escape } from "./plan.js";

// What is the same on all pages of one kind in one folder is drawn once: files, masthead and foot.
const drawn = new WeakMap();

function once(owner, key, draw) {
  let parts = drawn.get(owner);
  if (!parts) drawn.set(owner, (parts = new Map()));
  let part = parts.get(key);
  if (part === undefined) parts.set(key, (part = draw()));
  return part;
}

export function paginated(kind, title, description, main, door) {
  return {
    data: {
      pagination: { data: `site.${kind}`, size: 1, alias: "it" },
      permalink: ({ it }) => it.path,
      eleventyExcludeFromCollections: true,
    },
    render: ({ it }) => page(it, title(it), description(it), main(it), door),
  };
}

function page(it, title, description, { crumbs = [], main, previous, next }, door) {
  const { kind, at, plan } = it;
  const frame = plan ?? it.frame;
  const name = escape(frame.union.short_name);
  return `<!DOCTYPE html>
<html lang="zh-CN"${plan ? ` data-year="${plan.year}"` : ""}>
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${escape(title)}${kind === "overview" ? "" : ` · ${name}`}</title>
<meta name="description" content="${escape(description)}">
${once(at, `files ${kind}`, () => files(kind, at, plan))}
</head>
<body class="k-${kind}">
<a class="skip" href="#main">跳到正文</a>
<header class="wrap">
${once(at, `masthead ${kind}`, () => masthead(frame, kind, at, door, plan))}
<div class="wuwen"></div>
${crumbs.length > 0 ? trail(frame, at, plan, crumbs) : ""}</header>
<main id="main" class="wrap" tabindex="-1">
${main}${onward(kind, previous, next)}</main>
${once(at, "foot", () => foot(frame, at, plan))}
</body>
</html>`;
}

const SCRIPTS = ["schedule", "search"];

function files(kind, at, plan) {
  const filtered = ["overview", "office", "leader"].includes(kind);
  const lists = filtered ? ' data-all="共{n}项" data-none="这个月没有列出任务。"' : "";
  const words = plan ? ` data-now="本月" data-next="接下来"${lists}` : "";
  const own = SCRIPTS.includes(kind) ? `<script src="${at.root}assets/${kind}.js" defer></script>\n` : "";
  return `<link rel="icon" href="${at.root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${at.root}assets/site.css">
<script src="${at.root}assets/site.js"${words} defer></script>
${own}`;
}

function overview(frame, at) {
  return frame.current ? `${at.home}index.html` : `${at.top}index.html`;
}

function masthead(frame, kind, at, door, plan) {
  const here = (name) => {
    if (name !== door) return "";
    return name === kind ? ' aria-current="page"' : ' aria-current="true"';
  };
  const doors = plan
    ? `<nav aria-label="主要栏目"><ul class="doors">
<li><a href="${overview(frame, at)}"${here("overview")}>总览</a></li>
<li><a href="${at.top}calendar.html"${here("calendar")}>月历</a></li>
<li><a href="${at.top}schedule.html"${here("schedule")}>安排表</a></li>
<li><a href="${at.top}offices.html"${here("offices")}>科室</a></li>
<li><a href="${at.top}notice.html"${here("notice")}>通知</a></li>
</ul></nav>
`
    : "";
  return `<div class="top">
<div>
${frame.parent ? `<a class="parent" href="${at.root}index.html">‹ 返回${escape(frame.parent)}</a>\n` : ""}<a class="size" href="${at.root}accessibility.html" data-back="标准版">大字版</a>
<a class="brand" href="${at.home}index.html">${escape(frame.union.short_name)}</a>
</div>
<a class="seek" href="${at.root}search.html"${kind === "search" ? ' aria-current="page"' : ""}>搜索</a>
${doors}</div>`;
}

function trail(frame, at, plan, crumbs) {
  const first = plan ? overview(frame, at) : `${at.home}index.html`;
  const steps = [[first, "总览"], ...crumbs].map(([href, title]) =>
    href
      ? `<li><a href="${href}">${escape(title)}</a></li>\n`
      : `<li><span aria-current="page">${escape(title)}</span></li>\n`,
  );
  return `<nav aria-label="所在位置"><ol class="crumbs">
${steps.join("")}</ol></nav>
`;
}

const KINDS = { month: "月", section: "部分", item: "项要点", activity: "项活动" };

function onward(kind, previous, next) {
  if (!previous && !next) return "";
  const way = ([href, label, title], before) => {
    const word = `${before ? "上一" : "下一"}${KINDS[kind]}`;
    return `<li${before ? "" : ' class="next"'}><a href="${href}" rel="${before ? "prev" : "next"}"><small>${before ? `← ${word}` : `${word} →`}</small><span>${label ? `<b>${label}</b>` : ""}${escape(title)}</span></a></li>\n`;
  };
  return `<nav aria-label="前后页"><ul class="onward">
${previous ? way(previous, true) : ""}${next ? way(next, false) : ""}</ul></nav>
`;
}

export function day(issued) {
  const [year, month, date] = issued.split("-").map(Number);
  return { year, month, date, words: `${year}年${month}月${date}日` };
}

function foot(frame, at, plan) {
  const source = plan
    ? `<p><a href="${at.top}notice.html">《${escape(plan.title)}》</a></p>
<p>${escape(plan.union.name)}，<time datetime="${plan.issued}">${day(plan.issued).words}</time>印发</p>
`
    : "";
  const years = frame.severalYears ? `<li><a href="${at.home}years.html">历年计划</a></li>\n` : "";
  const branches = frame.branches ? `<li><a href="${at.root}branches.html">分工会</a></li>\n` : "";
  const calendar = plan ? `<li><a href="${at.top}calendar.html#subscribe">订阅日历</a></li>\n` : "";
  const access = `<li><a href="${at.root}accessibility.html">无障碍声明</a></li>\n`;
  return `<footer class="wrap foot">
<div class="wuwen"></div>
${source}<nav aria-label="更多页面"><ul>
${calendar}${years}${branches}${access}</ul></nav>
</footer>`;
}

export function months(it) {
  return once(it.at, "months", () => {
    const doors = it.plan.months.map((month) => {
      const href = `${it.at.months}${month.name}.html`;
      const number = `<b class="fig">${month.number}<span class="vh">月</span></b>`;
      return month.entries.length > 0
        ? `<li><a href="${href}" data-month="${month.number}" data-full>${number}<small>${month.entries.length}项</small></a></li>\n`
        : `<li class="n0"><a href="${href}" data-month="${month.number}">${number}<small aria-hidden="true">—</small></a></li>\n`;
    });
    return `<nav class="months" aria-label="十二个月"><ol>
${doors.join("")}</ol></nav>`;
  });
}

export function long(title) {
  return title.length > 16 ? ' class="long"' : "";
}

export function text(list) {
  return list.map((paragraph) => `<p>${escape(paragraph)}</p>\n`).join("");
}

export function ruler(when) {
  return `<svg class="ruler" viewBox="0 0 47 6" aria-hidden="true"><path d="${when.ruler}"/></svg>`;
}

// Tasks and activities, one link a row. `who` says which to name, `month` what goes without saying.
export function entries(at, list, { classes, from, who, month }) {
  const rows = list.map((entry) => {
    const task = entry.task ?? entry;
    const item = from ? `<p class="from"><b>要点${entry.item.number}</b>${escape(entry.item.title)}</p>\n` : "";
    const when = entry.when.text === month ? "" : `<span class="when">${from ? "" : ruler(entry.when)}${entry.when.text}</span>`;
    const offices = who === "leaders" ? "" : `<span><span class="vh">责任科室：</span>${escape(task.office)}</span>`;
    const leaders = who === "offices" ? "" : `<span><span class="vh">责任领导：</span>${escape(task.leader)}</span>`;
    return `<li><p class="what"><a href="${at[entry.room]}${entry.page}">${escape(entry.title)}</a></p>
${item}<p class="facts">${when}${offices}${leaders}</p></li>
`;
  });
  return `<ol class="${classes}">
${rows.join("")}</ol>`;
}

// A calendar to subscribe to.
export function subscribe(file) {
  return `<ul class="take">
<li><a href="${file}" type="text/calendar">下载日历文件</a></li>
</ul>
<p>订阅要用到“下载日历文件”这个链接的网址：手机上长按链接，电脑上用鼠标右键点链接，再选复制链接。</p>
`;
}

export function who(at, task) {
  const office = task.everyone ? `${at.top}offices.html#everyone` : `${at.offices}${task.officeId}.html`;
  return {
    office: `<a href="${office}">${escape(task.office)}</a>`,
    leader: `<a href="${at.leaders}${task.leaderId}.html">${escape(task.leader)}</a>`,
  };
}

export const NOTHING_RECORDED = '<p class="none">还没有登记进展。没有登记，不等于没有开展。</p>\n';

export const PROGRESS = `<section class="part" aria-labelledby="news">
<h2 id="news">进展</h2>
${NOTHING_RECORDED}</section>
`;
