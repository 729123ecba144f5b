import { entries, months, paginated } from "../lib/layout.js";

const page = paginated(
  "calendar",
  ({ plan }) => `${plan.year}年月历 · ${plan.name}`,
  ({ plan }) => `${plan.union.short_name}${plan.year}年工作按月排列，全年和适时的任务单列。`,
  main,
  "calendar",
);
export const data = page.data;
export const render = page.render;

function main(it) {
  const { plan, at } = it;
  const counts = plan.months.map((month) => month.entries.length);
  const full = counts.filter((count) => count > 0).length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const all = plan.lanes["all-year"];
  const any = plan.lanes["as-appropriate"];
  const allLink = all.length > 0 ? `；另有<a href="#all-year">全年任务${all.length}项</a>` : "";
  const anyLink = any.length > 0 ? `${allLink ? "、" : "；另有"}<a href="#as-appropriate">适时任务${any.length}项</a>` : "";
  const parts = plan.months.map((month) => {
    const count = month.entries.length;
    const list =
      count > 0
        ? entries(at, month.entries, { classes: "tasks", from: true, who: "both", month: `${month.number}月` })
        : '<p class="none">这个月没有列出任务。</p>\n';
    return `<section class="part${count > 0 ? "" : " still"}" id="m${month.name}">
<h2><a href="${at.months}${month.name}.html" data-month="${month.number}"${count > 0 ? " data-full" : ""}><b class="fig">${month.number}</b>月</a></h2>
${list}</section>
`;
  });
  const withMonths = any.filter((task) => task.activities.length > 0).length;
  const anyNote = `${any.length}项任务，没有定下月份${withMonths ? `，其中${withMonths}项的活动已列入各月` : ""}`;
  return {
    crumbs: [[null, "月历"]],
    main: `<div class="head">
<div class="fig" aria-hidden="true">${total || 12}</div>
<div><h1>${plan.year}年月历</h1>
<p class="under">${full ? `有${full}个月列了任务或活动，共${total}项` : "没有任务列明月份"}${allLink}${anyLink}。</p></div>
</div>
${months(it)}
${parts.join("")}${lane(at, any, "as-appropriate", " any", "适时", anyNote)}${lane(at, all, "all-year", "", "全年", `${all.length}项任务，贯穿十二个月`)}`,
  };
}

function lane(at, tasks, id, classes, word, note) {
  if (tasks.length === 0) return "";
  return `<section class="part" id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h" class="bar${classes}">${word} <small>${note}</small></h2>
${entries(at, tasks, { classes: "tasks slim", from: false, who: "both", month: word })}</section>
`;
}
