import { escape } from "../lib/plan.js";
import { paginated } from "../lib/layout.js";

const page = paginated(
  "branches",
  () => "分工会",
  ({ frame }) => `分工会 · ${frame.union.short_name}`,
  main,
);
export const data = page.data;
export const render = page.render;

function main({ unions }) {
  const list = unions.map(({ base, file, plans }) => {
    const years = plans.map((plan) => {
      const { year, title } = plan.pages[0].plan;
      return `<a href="${base}${year}/index.html">${escape(title)}</a>`;
    });
    return `<li><p class="what"><a href="${base}index.html">${escape(file.value.short_name)}</a></p>
<p class="facts">${years.join("")}</p>
</li>
`;
  });
  return {
    crumbs: [[null, "分工会"]],
    main: `<div class="head">
<div class="fig" aria-hidden="true">${unions.length}</div>
<div><h1>分工会</h1>
<p class="under">各分工会的工作计划</p></div>
</div>
<section class="part" aria-label="分工会">
<ul class="tasks big">
${list.join("")}</ul>
</section>
`,
  };
}
