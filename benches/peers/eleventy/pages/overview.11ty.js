import { escape, keeps } from "../lib/plan.js";
import { NOTHING_RECORDED, long, months, paginated, text } from "../lib/layout.js";

const page = paginated(
  "overview",
  ({ plan }) => plan.title,
  ({ plan }) =>
    `${plan.union.short_name}${plan.year}年的${plan.sections.length}个部分、${plan.items.length}项要点和${plan.tasks.length}项任务，按月份、部分、科室查看。`,
  main,
  "overview",
);
export const data = page.data;
export const render = page.render;

function main(it) {
  return { main: [home(it), months(it), "\n", year(it), sections(it), duties(it), idea(it)].join("") };
}

function home({ plan }) {
  const parts = plan.title.split(String(plan.year));
  const hidden = plan.union.short_name.includes(parts[0]) ? ' class="vh"' : "";
  const heading =
    parts.length === 2 && parts[1]
      ? `<h1>${parts[0] ? `<span${hidden}>${escape(parts[0])}</span>` : ""}<b class="fig">${plan.year}</b>${escape(parts[1])}</h1>`
      : `<h1${long(plan.title)}><b class="fig">${plan.year}</b>${escape(plan.title)}</h1>`;
  return `<div class="home">
${heading}
<ul class="counts">
<li><b class="fig">${plan.sections.length}</b>个部分</li>
<li><b class="fig">${plan.items.length}</b>项要点</li>
<li><b class="fig">${plan.tasks.length}</b>项任务</li>
${plan.activities.length > 0 ? `<li><b class="fig">${plan.activities.length}</b>项活动</li>\n` : ""}</ul>
</div>
`;
}

function year({ plan, at }) {
  const counts = plan.months.map((month) => month.entries.length);
  const shown = counts.reduce((sum, count) => sum + Math.min(3, count), 0) > 18 ? 2 : 3;
  const rows = Math.max(...counts) > shown ? " rows" : "";
  const strip = plan.months.map((month) => {
    const count = month.entries.length;
    const href = `${at.months}${month.name}.html`;
    const titles = month.entries.map((entry) => {
      const title = entry.title.length > 48 ? `${entry.title.slice(0, 46)}…` : entry.title;
      return `<li><a href="${at[entry.room]}${entry.page}">${escape(title)}</a></li>\n`;
    });
    const more = count > shown ? `<li class="all"><a href="${href}">另${count - shown}项</a></li>\n` : "";
    return `<li class="n${Math.min(count, shown)}"><a class="m" href="${href}" data-month="${month.number}"${count > 0 ? " data-full" : ""}><b class="fig">${month.number}</b>月${count > shown ? `<small>共${count}项</small>` : ""}</a>
${count > 0 ? `<ul>\n${titles.join("")}${more}</ul>\n` : ""}</li>
`;
  });
  return `<section class="year strip${shown === 2 ? " full" : ""}${rows}" aria-labelledby="year">
<h2 id="year">这一年，按月看</h2>
<ol>
${strip.join("")}</ol>
${lanes(plan, at)}</section>
`;
}

function lanes(plan, at) {
  const all = plan.lanes["all-year"];
  const any = plan.lanes["as-appropriate"];
  if (all.length === 0 && any.length === 0) return "";
  const withMonths = any.filter((task) => task.activities.length > 0).length;
  const first = `<li><a class="lane" href="${at.top}calendar.html#all-year"><b>全年</b><span><b class="fig">${all.length}</b>项任务，贯穿十二个月</span></a></li>\n`;
  const second = `<li><a class="lane any" href="${at.top}calendar.html#as-appropriate"><b>适时</b><span><b class="fig">${any.length}</b>项任务，没有定下月份${withMonths ? `，其中${withMonths}项的活动已列入各月` : ""}</span></a></li>\n`;
  return `<ul class="lanes">
${all.length > 0 ? first : ""}${any.length > 0 ? second : ""}</ul>
`;
}

function sections({ plan, at }) {
  const list = plan.sections.map((section) => {
    const items = section.items.map(
      (item) =>
        `<li><a href="${at.items}${item.number}.html"><b class="fig">${item.number}</b><span>${escape(item.title)}</span></a></li>\n`,
    );
    return `<li><span class="han" aria-hidden="true">${section.numeral}</span><h3${keeps(section.title) ? ' class="keep"' : ""}><a href="${at.sections}${section.number}.html">${escape(section.title)}</a></h3>
<ol class="toc">
${items.join("")}</ol>
</li>
`;
  });
  return `<section class="sections" aria-labelledby="sections">
<h2 id="sections">${plan.sections.length}个部分，${plan.items.length}项要点</h2>
<ol class="four">
${list.join("")}</ol>
</section>
`;
}

function duties({ plan, at }) {
  const desk = (room) => (who) =>
    `<li><a href="${at[room]}${who.id}.html"><b class="fig">${who.count}</b>${escape(who.name)}</a></li>\n`;
  const everyone =
    plan.shared.length > 0
      ? `<li><a href="${at.top}offices.html#everyone"><b class="fig">${plan.shared.length}</b>${escape(plan.union.everyone)}<small>各科室共同</small></a></li>\n`
      : "";
  return `<section class="part" aria-labelledby="who">
<h2 id="who">谁来做 <small>责任科室与责任领导各负责几项任务</small></h2>
<div class="pair">
<div><h3>责任科室</h3>
<ul class="desks">
${plan.offices.map(desk("offices")).join("")}${everyone}</ul></div>
<div><h3>责任领导</h3>
<ul class="desks">
${plan.leaders.map(desk("leaders")).join("")}</ul></div>
</div>
</section>
`;
}

function idea({ plan }) {
  return `<section class="part screen" aria-labelledby="news">
<h2 id="news">最新进展</h2>
${NOTHING_RECORDED}</section>
<section class="part" aria-labelledby="idea">
<h2 id="idea">总体思路</h2>
<div class="text">
${text(plan.overview)}</div>
</section>
`;
}
