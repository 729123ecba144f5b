import { DIGITS, escape, keeps } from "../lib/plan.js";
import { paginated, ruler } from "../lib/layout.js";

const page = paginated(
  "section",
  ({ plan, index }) => `${plan.sections[index].numeral}、${plan.sections[index].title} · ${plan.name}`,
  ({ plan, index }) => {
    const section = plan.sections[index];
    return `${section.title}：${section.items.length}项要点和${section.tasks.length}项任务。`;
  },
  main,
);
export const data = page.data;
export const render = page.render;

function main({ plan, at, index }) {
  const section = plan.sections[index];
  const way = (other) => other && [`${at.sections}${other.number}.html`, other.numeral, other.title];
  const heading = keeps(section.title) ? ' class="keep"' : section.title.length > 16 ? ' class="long"' : "";
  const items = section.items.map((item) => {
    const tasks = item.tasks.map(
      (task) => `<li id="${task.id}"><p class="what"><a href="${at.items}${task.page}">${escape(task.title)}</a></p>
<p class="facts"><span class="when">${ruler(task.when)}${task.when.text}</span><span><span class="vh">责任科室：</span>${escape(task.office)}</span><span><span class="vh">责任领导：</span>${escape(task.leader)}</span></p></li>
`,
    );
    return `<section class="part">
<div class="no fig" aria-hidden="true">${item.number}</div>
<h2><a href="${at.items}${item.number}.html"><span class="vh">${item.number} </span>${escape(item.title)}</a></h2>
<ol class="tasks slim timed">
${tasks.join("")}</ol>
</section>
`;
  });
  return {
    crumbs: [[null, `第${DIGITS[section.number]}部分`]],
    previous: way(plan.sections[index - 1]),
    next: way(plan.sections[index + 1]),
    main: `<div class="head">
<div class="han" aria-hidden="true">${section.numeral}</div>
<div><h1${heading}><span class="vh">${section.numeral}、</span>${escape(section.title)}</h1>
<p class="under">${section.items.length}项要点，${section.tasks.length}项任务</p></div>
</div>
${items.join("")}`,
  };
}
