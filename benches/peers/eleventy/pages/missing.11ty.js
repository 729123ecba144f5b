import { paginated } from "../lib/layout.js";

const page = paginated(
  "missing",
  () => "没有这个页面",
  ({ frame }) => `没有这个页面 · ${frame.union.short_name}`,
  main,
);
export const data = page.data;
export const render = page.render;

function main({ frame, at }) {
  const years = frame.severalYears ? `<a href="${at.home}years.html">历年计划</a>` : "";
  const branches = frame.branches ? `<a href="${at.root}branches.html">分工会</a>` : "";
  return {
    crumbs: [[null, "没有这个页面"]],
    main: `<div class="head">
<div class="fig span" aria-hidden="true">404</div>
<div><h1>没有这个页面</h1>
<p class="under">网址可能写错了，或者页面已经移走。可以从下面的栏目重新找。</p>
<p class="years"><a href="${at.home}index.html">首页</a>${years}${branches}</p></div>
</div>
`,
  };
}
