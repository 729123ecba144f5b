import { escape, keeps } from "../lib/plan.js";
import { PROGRESS, paginated, ruler, who } from "../lib/layout.js";

const page = paginated(
  "activity",
  ({ plan, index }) => `${plan.activities[index].title} · ${plan.name}`,
  ({ plan, index }) => {
    const { title, when, task } = plan.activities[index];
    return `${title}：${when.text}，${task.office}负责。`;
  },
  main,
);
export const data = page.data;
export const render = page.render;

function main({ plan, at, index }) {
  const activity = plan.activities[index];
  const { title, when, task, item } = activity;
  const { office, leader } = who(at, task);
  const way = (other) => other && [`${at.activities}${other.page}`, null, other.title];
  const first = when.months[0];
  const several = when.months.length > 1;
  const size = several ? " range" : first > 9 ? " span" : "";
  const heading = keeps(title) || title.length < 13 ? ' class="keep"' : title.length > 16 ? ' class="long"' : "";
  const month = (number) => `${at.months}${String(number).padStart(2, "0")}.html`;
  const words = `<span class="when">${ruler(when)}${when.text}</span>`;
  const time = several
    ? words + when.months.map((number) => ` <a href="${month(number)}">${number}月</a>`).join("")
    : `<a href="${month(first)}">${words}</a>`;
  return {
    crumbs: [[`${at.items}${item.number}.html`, `要点${item.number}`], [null, "活动"]],
    previous: way(plan.activities[index - 1]),
    next: way(plan.activities[index + 1]),
    main: `<div class="head">
<div class="fig${size}" aria-hidden="true">${first}${several ? `–${when.months.at(-1)}` : ""}<small>月</small></div>
<div><h1${heading}>${escape(title)}</h1>
<p class="under">${when.text}，具体日期和地点还没有登记</p></div>
</div>
<section class="part" aria-labelledby="key">
<h2 id="key">时间与责任</h2>
<dl class="key">
<div><dt>时间</dt><dd>${time}</dd></div>
<div><dt>责任科室</dt><dd>${office}</dd></div>
<div><dt>责任领导</dt><dd>${leader}</dd></div>
<div><dt>出自要点</dt><dd><a href="${at.items}${task.page}">${item.number}&#12288;${escape(item.title)}</a></dd></div>
</dl>
</section>
${PROGRESS}`,
  };
}
