import { escape } from "../lib/plan.js";
import { paginated } from "../lib/layout.js";

const page = paginated(
  "accessibility",
  () => "无障碍声明",
  ({ frame }) => `无障碍声明 · ${frame.union.short_name}`,
  main,
);
export const data = page.data;
export const render = page.render;

function main({ frame }) {
  return {
    crumbs: [[null, "无障碍声明"]],
    main: `<div class="head"><div><h1>无障碍声明</h1></div></div>
<div class="part"><div class="text prose">
<p>本站希望每一位教职工都读得到、读得懂，按《信息技术 互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）和《网页内容无障碍指南》（WCAG）2.2 的 AA 级来做。这是我们自己的检查，没有经过第三方认证。</p>
<h2>怎样读得更方便</h2>
<ul>
<li>字太小：点页面右上角的“大字版”，全站的字都放大，下次打开还是大字。用浏览器自己的缩放也可以，放大到四倍，内容仍然一行行排在屏幕里。</li>
<li>眼睛怕亮：手机或电脑设成深色，本站就是深色；系统的高对比度也有效。</li>
<li>不用鼠标：按 Tab 键逐个走到链接和按钮，按回车键打开；每页第一个链接可以直接跳到正文。</li>
<li>听读屏软件：标题、列表、表格都有标记，表格的每一格都能听到是哪一列、哪一项。</li>
<li>没有脚本：浏览器不运行脚本，页面照样完整，只是没有大字按钮、筛选和“本月”的提示。</li>
<li>要纸质的：每一页都可以打印，安排表印成横向的 A4 纸。</li>
</ul>
<h2>还不够好的地方</h2>
<ul>
<li>安排表在手机上按任务逐条排列，与印发的表样子不同；合并的单元格要在宽屏或纸上才看得出来。</li>
<li>供下载的附件是原来的文件，可能没有为读屏软件做标记。</li>
<li>有的旧浏览器不认竖排文字，“总览”的十二个月会改成横排。</li>
</ul>
<h2>遇到困难</h2>
<p>看不清、听不到、打不开的地方，请告诉${escape(frame.union.short_name)}，并说明是哪一页。需要其他形式的内容，也请提出。</p>
</div></div>
`,
  };
}
