import { escape } from "../lib/plan.js";
import { PROGRESS, long, paginated, ruler, text, who } from "../lib/layout.js";

const page = paginated(
  "item",
  ({ plan, index }) => `${plan.items[index].title} · ${plan.name}`,
  ({ plan, index }) => {
    const item = plan.items[index];
    return `要点${item.number}：${item.title}，${item.tasks.length}项任务。`;
  },
  main,
);
export const data = page.data;
export const render = page.render;

function main({ plan, at, index }) {
  const item = plan.items[index];
  const way = (other) => other && [`${at.items}${other.number}.html`, other.number, other.title];
  const tasks = item.tasks.map((task) => {
    const { office, leader } = who(at, task);
    const activities = task.activities.map((activity) => {
      const [month] = activity.when.months;
      const only = activity.when.months.length === 1 && activity.when.text === `${month}月`;
      const when = only ? `<span class="fig">${month}</span>月` : activity.when.text;
      return `<li><a href="${at.activities}${activity.page}"><b>${when}</b><span>${escape(activity.title)}</span></a></li>\n`;
    });
    return `<li id="${task.id}"><p class="what">${escape(task.title)}</p>
<p class="facts"><span class="when">${ruler(task.when)}${task.when.text}</span><span><span class="vh">责任科室：</span>${office}</span><span><span class="vh">责任领导：</span>${leader}</span></p>
${activities.length > 0 ? `<ol class="sub">\n${activities.join("")}</ol>` : ""}</li>
`;
  });
  return {
    crumbs: [[`${at.sections}${item.section.number}.html`, `第${item.section.numeral}部分`], [null, `要点${item.number}`]],
    previous: way(plan.items[index - 1]),
    next: way(plan.items[index + 1]),
    main: `<div class="head">
<div class="fig" aria-hidden="true">${item.number}</div>
<div><h1${long(item.title)}><span class="vh">${item.number} </span>${escape(item.title)}</h1>
</div>
</div>
<section class="part" aria-labelledby="tasks">
<h2 id="tasks">任务 <small>出自工作安排表</small></h2>
<ol class="tasks timed">
${tasks.join("")}</ol></section>
<section class="part" aria-labelledby="words">
<h2 id="words">原文</h2>
<div class="text">
${text(item.text)}</div>
</section>
${PROGRESS}`,
  };
}
