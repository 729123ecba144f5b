// What one office or one leader answers for, by month; then what everyone shares.

import { escape } from "./plan.js";
import { entries, long, paginated } from "./layout.js";

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
<p class="under">${label}：${person.count}项任务${activities}${andShared}</p></div>
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
    ].join(""),
  };
}
