import { entries, months, paginated, subscribe } from "../lib/layout.js";

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
<p class="under">${full ? `有${full}个月列了任务或活动，共${total}项` : "没有任务列明月份"}${allLink}${anyLink}。</p>
<p class="to screen"><a href="#subscribe">订阅日历</a></p></div>
</div>
${months(it)}
${parts.join("")}${lane(at, any, "as-appropriate", " any", "适时", anyNote)}${lane(at, all, "all-year", "", "全年", `${all.length}项任务，贯穿十二个月`)}<section class="part screen" id="subscribe" aria-labelledby="sub">
<h2 id="sub">订阅日历 <small>放进手机或电脑的日历，有变动自动更新</small></h2>
${subscribe("calendar.ics")}${HOW}</section>
`,
  };
}

const HOW = `<h3>怎么订阅</h3>
<dl class="how">
<div><dt>iPhone</dt><dd>打开“日历”，点底部的“日历”，再点“添加日历”“添加订阅日历”，粘贴网址。</dd></div>
<div><dt>小米、华为等安卓手机</dt><dd>打开自带的日历，在设置里找“日程导入”或“订阅”（各型号叫法不同），选网址导入，粘贴网址。找不到的，点下载链接，用日历打开，日程会存进手机。</dd></div>
<div><dt>Outlook</dt><dd>在日历里点“添加日历”，选“从 Web 订阅”，粘贴网址。</dd></div>
<div><dt>微信</dt><dd>微信里打不开日历文件。请点右上角的“…”，选“在浏览器打开”，再点链接。</dd></div>
</dl>
<p class="none">没有定下日子的任务，记在当月1日；全年和适时的任务不进日历。订阅的日历一般一天之内更新；下载的文件只是一份副本，以后不会更新。</p>
`;

function lane(at, tasks, id, classes, word, note) {
  if (tasks.length === 0) return "";
  return `<section class="part" id="${id}" aria-labelledby="${id}-h">
<h2 id="${id}-h" class="bar${classes}">${word} <small>${note}</small></h2>
${entries(at, tasks, { classes: "tasks slim", from: false, who: "both", month: word })}</section>
`;
}
