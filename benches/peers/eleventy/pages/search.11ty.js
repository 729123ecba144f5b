import { escape } from "../lib/plan.js";
import { paginated } from "../lib/layout.js";

const page = paginated(
  "search",
  () => "搜索",
  ({ frame }) => `搜索 · ${frame.union.short_name}`,
  main,
);
export const data = page.data;
export const render = page.render;

function main({ frame, at }) {
  const years = frame.plans.map(
    (plan) => `<li>${escape(plan.title)}<br><a href="${at.home}${plan.year}/notice.html">通知</a><a href="${at.home}${plan.year}/schedule.html">安排表</a></li>
`,
  );
  const branches = frame.branches ? `<li><a href="${at.root}branches.html">分工会</a></li>\n` : "";
  return {
    crumbs: [[null, "搜索"]],
    main: `<div class="head"><div><h1>搜索</h1></div></div>
<form class="find" id="find" role="search" action="search.html" data-index="search/index/index.js" data-kinds="科室|领导|活动|任务|要点|部分|进展|工作要点|通知|网页" data-year="{year}年" data-pages="本站页面" data-working="正在查找……" data-found="找到{n}条" data-partly="已找到{n}条，更早的年份还没有查完" data-yet="查过的年份里还没有找到，更早的年份可以接着查" data-none="没有找到“{q}”。可以少打几个字、换个说法，或者只打拼音首字母。" data-failed="没能读到搜索用的数据。请检查网络，再试一次。">
<label for="q">查什么</label>
<div><input id="q" name="q" type="search" maxlength="100" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" aria-describedby="hint"><button>搜索</button></div>
<p class="from" id="hint">几个词之间空一格；也可以打拼音或首字母，如“tijian”“tj”</p>
</form>
<p class="said" id="said" role="status"></p>
<div id="found"></div>
<button class="more" id="more" type="button" hidden>显示更多</button>
<section class="part" id="ways" aria-labelledby="full">
<h2 id="full">直接看全文</h2>
<div><noscript><p>搜索要用到JavaScript，这个浏览器没有启用。下面的页面不需要它。</p></noscript>
<p class="under">通知和安排表各在一页上，用浏览器的“在页面中查找”也能找到。</p>
<ul class="ways">
${years.join("")}${branches}</ul></div>
</section>
`,
  };
}
