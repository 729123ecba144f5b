// What one office or one leader answers for, by month; then what everyone shares.

import { escape } from "./plan.js";
import { entries, long, paginated, subscribe } from "./layout.js";

export function personPage(kind, room, label, who) {
  return paginated(
    kind,
    ({ plan, index }) => `${plan[room][index].name} · ${plan.name}`,
    ({ plan, index }) => {
      const { name, count } = plan[room][index];
      return `${name}${plan.year}年负责的${count}项任务，按月排列。`;
    },
    (it) => main(it, room, label, who),
    "offices",
  );
}

function main({ plan, at, index }, room, label, who) {
  const person = plan[room][index];
  const own = person.wanted;
  const all = plan.lanes["all-year"].filter(own);
  const any = plan.lanes["as-appropriate"].filter(own);
  const shared = plan.shared.filter((task) => !own(task));
  const everyone = escape(plan.union.everyone);
  const activities = person.activities > 0 ? `，含${person.activities}项活动` : "";
  const andShared = shared.length > 0 ? `，另有${everyone}共同的<a href="#shared">${shared.length}项任务</a>` : "";
  const months = plan.months.map((month) => {
    const list = month.entries.filter((entry) => own(entry.task ?? entry));
    if (list.length === 0) return "";
    return `<section class="part" id="m${month.name}">
<h2><span data-month="${month.number}" data-full><b class="fig">${month.number}</b>月</span></h2>
${entries(at, list, { classes: "tasks", from: true, who, month: `${month.number}月` })}</section>
`;
  });
  const part = (list, id, heading, classes, title, note, options) =>
    list.length === 0
      ? ""
      : `<section class="part" id="${id}" aria-labelledby="${heading}">
<h2 id="${heading}"${classes}>${title} <small>${list.length}项任务${note}</small></h2>
${entries(at, list, options)}</section>
`;
  const slim = { classes: "tasks slim", from: false, who };
  return {
    crumbs: [[`${at.top}offices.html`, "科室"], [null, person.name]],
    main: [
      `<div class="head">
<div class="fig" aria-hidden="true">${person.count}</div>
<div><h1${long(person.name)}>${escape(person.name)}</h1>
<p class="under">${label}：${person.count}项任务${activities}${andShared}</p>
<p class="to screen"><a href="#subscribe">订阅日历</a></p></div>
</div>
`,
      months.join(""),
      part(any, "as-appropriate", "ah", ' class="bar any"', "适时", "", { ...slim, month: "适时" }),
      part(all, "all-year", "yh", ' class="bar"', "全年", "", { ...slim, month: "全年" }),
      part(shared, "shared", "eh", "", everyone, "，各科室共同负责", {
        classes: "tasks slim timed",
        from: false,
        who: "leaders",
        month: "",
      }),
      `<section class="part screen" id="subscribe" aria-labelledby="sub">
<h2 id="sub">订阅日历 <small>${room === "offices" ? "本科室负责、配合的和各科室共同的任务，有变动自动更新" : "放进手机或电脑的日历，有变动自动更新"}</small></h2>
${subscribe(`${person.id}.ics`)}<p class="to"><a href="${at.top}calendar.html#subscribe">怎么订阅</a></p>
</section>
`,
    ].join(""),
  };
}
