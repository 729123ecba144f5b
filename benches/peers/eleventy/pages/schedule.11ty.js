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
<p class="under screen"><a href="${at.top}notice.html">随通知印发，看通知全文</a></p></div>
</div>
<table class="plan">
<caption>共${plan.tasks.length}项任务，文字和合并的单元格与印发的表一致</caption>
<thead><tr>
<th scope="col">事项</th>
<th scope="col">要点</th>
<th scope="col">具体任务</th>
<th scope="col">完成时间</th>
<th scope="col">责任领导</th>
<th scope="col">责任科室</th>
</tr></thead>
${bodies.join("")}</table>
`,
  };
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
<td class="t"><span class="lab">完成时间</span>${task.when.text}</td>
<td class="p"><span class="lab">责任领导</span>${escape(task.leader)}</td>
<td class="p"><span class="lab">责任科室</span>${escape(task.office)}</td>
</tr>
`;
}
