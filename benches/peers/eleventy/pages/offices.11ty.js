import { escape } from "../lib/plan.js";
import { entries, paginated } from "../lib/layout.js";

const page = paginated(
  "offices",
  ({ plan }) => `科室与领导 · ${plan.name}`,
  ({ plan }) => `${plan.year}年工会工作的责任科室与责任领导，各负责哪些任务。`,
  main,
  "offices",
);
export const data = page.data;
export const render = page.render;

function main({ plan, at }) {
  const desk = (room) => (who) =>
    `<li><a href="${at[room]}${who.id}.html"><b class="fig">${who.count}</b>${escape(who.name)}${who.activities > 0 ? `<small>含${who.activities}项活动</small>` : ""}</a></li>\n`;
  const shared = plan.shared.length;
  const list = entries(at, plan.shared, { classes: "tasks slim timed", from: false, who: "leaders", month: "" });
  return {
    crumbs: [[null, "科室"]],
    main: `<div class="head"><div><h1>科室与领导</h1>
<p class="under">各负责几项任务</p></div></div>
<section class="part" aria-labelledby="o">
<h2 id="o">责任科室</h2>
<ul class="desks">
${plan.offices.map(desk("offices")).join("")}</ul>
</section>
<section class="part" aria-labelledby="l">
<h2 id="l">责任领导</h2>
<ul class="desks">
${plan.leaders.map(desk("leaders")).join("")}</ul>
</section>
${
  shared > 0
    ? `<section class="part" id="everyone" aria-labelledby="e">
<h2 id="e">${escape(plan.union.everyone)} <small>${shared}项任务，各科室共同负责</small></h2>
${list}</section>
`
    : ""
}`,
  };
}
