import { escape } from "../lib/plan.js";
import { entries, months, paginated } from "../lib/layout.js";

const page = paginated(
  "month",
  ({ plan, index }) => `${plan.year}年${index + 1}月`,
  ({ plan, index }) => {
    const when = `${plan.union.short_name}${plan.year}年${index + 1}月`;
    const count = plan.months[index].entries.length;
    return count > 0 ? `${when}的${count}项任务和活动。` : `${when}没有单列的任务，全年任务照常进行。`;
  },
  main,
  "calendar",
);
export const data = page.data;
export const render = page.render;

function main(it) {
  const { plan, at, index } = it;
  const month = plan.months[index];
  const way = (other) => other && [`${at.months}${other.name}.html`, null, `${other.number}月`];
  const door = `href="${at.months}${month.name}.html"`;
  const list =
    month.entries.length > 0
      ? entries(at, month.entries, { classes: "tasks big", from: true, who: "both", month: `${month.number}月` })
      : '<p class="none">这个月没有列出任务。</p>\n';
  return {
    crumbs: [[`${at.top}calendar.html`, "月历"], [null, `${month.number}月`]],
    previous: way(plan.months[index - 1]),
    next: way(plan.months[index + 1]),
    main: `${months(it).replace(door, `${door} aria-current="page"`)}
<div class="month">
<h1${month.number > 9 ? ' class="two"' : ""}><span class="vh">${plan.year}年</span><span class="fig">${month.number}</span>月</h1>
${list}</div>
${lanes(plan, at)}`,
  };
}

function lanes(plan, at) {
  plan.laneParts ??= draw(plan, at);
  return plan.laneParts;
}

function draw(plan, at) {
  const all = plan.lanes["all-year"];
  const any = plan.lanes["as-appropriate"];
  if (all.length === 0 && any.length === 0) return "";
  const withMonths = any.filter((task) => task.activities.length > 0).length;
  const lane = (tasks, id, classes, word, note) =>
    tasks.length === 0
      ? ""
      : `<a class="lane${classes}" href="${at.top}calendar.html#${id}"><b>${word}</b><span><b class="fig">${tasks.length}</b>项任务${note}</span></a>
<ul class="shares">
${shares(plan, at, tasks, id)}</ul>
`;
  return `<section class="part screen" aria-labelledby="lanes">
<h2 id="lanes">不限月份 <small>全年和适时的任务，按科室计</small></h2>
<div>
${lane(all, "all-year", "", "全年", "")}${lane(any, "as-appropriate", " any", "适时", withMonths ? `，其中${withMonths}项的活动已列入各月` : "")}</div>
</section>

`;
}

function shares(plan, at, tasks, id) {
  const line = (href, name, count) =>
    count > 0 ? `<li><a href="${href}"><b class="fig">${count}</b>${escape(name)}</a></li>\n` : "";
  const offices = plan.offices.map((office) =>
    line(`${at.offices}${office.id}.html#${id}`, office.name, tasks.filter(office.wanted).length),
  );
  const shared = tasks.filter((task) => task.everyone).length;
  return offices.join("") + line(`${at.top}offices.html#everyone`, plan.union.everyone, shared);
}
