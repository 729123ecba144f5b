import { escape } from "../lib/plan.js";
import { paginated } from "../lib/layout.js";

const page = paginated(
  "years",
  () => "历年计划",
  ({ frame }) => `历年计划 · ${frame.union.short_name}`,
  main,
);
export const data = page.data;
export const render = page.render;

function main({ frame, at }) {
  const years = frame.plans.map((plan) => {
    const href = `${at.home}${plan.year}/index.html`;
    const activities = plan.activities.length > 0 ? `，${plan.activities.length}项活动` : "";
    return `<section class="part">
<h2><a href="${href}"><b class="fig">${plan.year}</b></a></h2>
<div><p class="what"><a href="${href}">${escape(plan.title)}</a></p>
<p class="from">${plan.current ? "本年度：" : ""}${plan.sections.length}个部分，${plan.items.length}项要点，${plan.tasks.length}项任务${activities}</p></div>
</section>
`;
  });
  return {
    crumbs: [[null, "历年计划"]],
    main: `<div class="head"><div><h1>历年计划</h1>
<p class="under">每一年的工作要点都在这里</p></div></div>
${years.join("")}`,
  };
}
