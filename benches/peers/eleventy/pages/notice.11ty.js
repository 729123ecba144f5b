import { escape, keeps } from "../lib/plan.js";
import { day, paginated, text } from "../lib/layout.js";

const page = paginated(
  "notice",
  ({ plan }) => plan.notice.title,
  ({ plan }) => `《${plan.title}》通知与全文。`,
  main,
  "notice",
);
export const data = page.data;
export const render = page.render;

function main({ plan, at }) {
  const { month, date, words } = day(plan.issued);
  const sections = plan.sections.map((section) => {
    const items = section.items.map(
      (item) => `<section id="n${item.number}"><h4>${item.number}.${escape(item.title)}。</h4>
${text(item.text)}</section>
`,
    );
    return `<h3 id="s${section.number}"${keeps(section.title) ? ' class="keep"' : ""}><span class="han">${section.numeral}</span>、${escape(section.title)}</h3>
${items.join("")}`;
  });
  return {
    crumbs: [[null, "通知"]],
    main: `<div class="head">
<div class="fig span" aria-hidden="true">${month}.${date}</div>
<div><h1 class="long">${escape(plan.notice.title)}</h1>
</div>
</div>
<div class="body text">
<p class="flush">${escape(plan.notice.to)}：</p>
${text([plan.notice.text])}<p class="sign flush">${escape(plan.union.name)}<br><time datetime="${plan.issued}">${words}</time></p>
</div>
<article class="body text" aria-labelledby="plan">
<h2 class="plan-title" id="plan">${escape(plan.title)}</h2>
${text(plan.overview)}${sections.join("")}<p class="screen attached to"><a href="${at.top}schedule.html">${escape(plan.scheduleTitle)}</a></p>
</article>
`,
  };
}
