import { escape } from "../lib/plan.js";
import { long, paginated } from "../lib/layout.js";

const page = paginated(
  "schedule",
  ({ plan }) => plan.scheduleTitle,
  ({ plan }) =>
    `《${plan.title}》的工作安排表：${plan.tasks.length}项任务的完成时间、责任领导和责任科室。`,
  main,
  "schedule",
);
export const data = page.data;
export const render = page.render;

function main({ plan, at }) {
  const bodies = plan.sections.map((section) => {
    const rows = section.tasks.map((task, index) => row(at, section, task, index));
    return `<tbody${section.tasks.length > 14 ? ' class="tall"' : ""}>
${rows.join("")}</tbody>
`;
  });
  return {
    crumbs: [[null, "安排表"]],
    main: `<div class="head">
<div class="fig" aria-hidden="true">${plan.tasks.length}</div>
<div><h1${long(plan.scheduleTitle)}>${escape(plan.scheduleTitle)}</h1>
<p class="under to screen"><a href="${at.top}notice.html">随通知印发，看通知全文</a></p></div>
</div>
${filter(plan)}<table class="plan">
<caption>共${plan.tasks.length}项任务，文字和合并的单元格与印发的表一致</caption>
<thead><tr>
<th scope="col">事项</th>
<th scope="col">要点</th>
<th scope="col">具体任务</th>
<th scope="col" data-by="month">完成时间</th>
<th scope="col" data-by="leader">责任领导</th>
<th scope="col" data-by="office">责任科室</th>
</tr></thead>
${bodies.join("")}</table>
`,
  };
}

// Ways to narrow the table down, which the script puts into use.
function filter(plan) {
  const select = (label, name, choices) =>
    choices.length > 1
      ? `<label>${label}<select name="${name}"><option value="">全部</option>${choices
          .map(([id, choice]) => `<option value="${id}">${escape(choice)}</option>`)
          .join("")}</select></label>\n`
      : "";
  const busy = (people) => people.filter((who) => who.count > 0).map((who) => [who.id, who.name]);
  const everyone = plan.shared.length > 0 ? [["everyone", plan.union.everyone]] : [];
  return `<template id="filter" data-found="筛选：{what}，{n}项" data-nothing="筛选：{what}，没有这样的任务" data-rest="，另有全年、适时的{n}项" data-sep="、" data-names="" data-unit="月">
<button class="open" type="button" aria-expanded="false" aria-controls="filters">筛选</button>
<form id="filters" class="filters screen" aria-label="筛选" autocomplete="off" hidden>
${select("责任科室", "office", [...busy(plan.offices), ...everyone])}${select("责任领导", "leader", busy(plan.leaders))}<label>月份<select name="month"><option value="">全部</option><option value="0">全年</option><option value="any">适时</option></select></label>
<label class="rest" hidden><input type="checkbox" name="rest" value="1">连同全年和适时的任务</label>
<button type="reset" hidden>清除</button>
</form>
<p class="filtered" role="status"></p>
</template>
`;
}

// The months in which a task is on, where its wording does not tell.
function months({ when, activities }) {
  if (when.lane === "all-year") return ' data-m="0"';
  if (when.lane === "months") {
    const told = when.months.length === 1 && when.text === `${when.months[0]}月`;
    return told ? "" : ` data-m="${when.months.join(" ")}"`;
  }
  const known = [...new Set(activities.flatMap((activity) => activity.when.months))].sort((a, b) => a - b);
  return known.length > 0 ? ` data-m="${known.join(" ")} any"` : "";
}

function row(at, section, task, index) {
  const { item } = task;
  const first = task === item.tasks[0];
  const last = task === item.tasks.at(-1);
  const classes = [first && "first", last && "last"].filter(Boolean).join(" ");
  const rows = section.tasks.length;
  const sectionCell =
    index === 0
      ? `<th class="sec${rows < 4 ? " few" : ""}" scope="rowgroup" rowspan="${rows}"><a href="${at.sections}${section.number}.html">${section.numeral}、${escape(section.title)}</a></th>\n`
      : "";
  const span = item.tasks.length;
  const itemCell = first
    ? `<th class="it" scope="${span === 1 ? "row" : "rowgroup"}" rowspan="${span}"><a href="${at.items}${item.number}.html"><span class="no fig">${item.number}.</span><span>${escape(item.title)}</span></a></th>\n`
    : "";
  return `<tr${classes ? ` class="${classes}"` : ""}>
${sectionCell}${itemCell}<td class="task">${escape(task.title)}</td>
<td class="t"${months(task)}><span class="lab">完成时间</span>${task.when.text}</td>
<td class="p"><span class="lab">责任领导</span>${escape(task.leader)}</td>
<td class="p"><span class="lab">责任科室</span>${escape(task.office)}</td>
</tr>
`;
}
