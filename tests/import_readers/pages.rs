//! Small pages, each with one thing that has to be read right.

use crate::parts::shown;
use crate::read_as;

fn read(html: &str) -> String {
    shown(&read_as("通知.html", html.as_bytes()))
}

#[test]
fn paragraphs_are_what_stands_on_lines_of_its_own() {
    let html =
        "<p>一、加强<b>学习</b>\n　　和宣传</p><div>二、<br>活动<br><br>三、</div>裸文<h2>题目</h2>
        <p><strong>重点&nbsp;</strong>&ldquo;五一&rdquo;&#24037;会</p><pre>甲\n乙</pre>";
    assert_eq!(
        read(html),
        "paragraph 1: 一、加强学习　　和宣传\nparagraph 2: 二、⏎活动\nparagraph 3: 三、\nparagraph 4: 裸文\n\
         paragraph 5 heading 2: 题目\nparagraph 6 bold 2: 重点 “五一”工会\nparagraph 7: 甲⏎乙\n"
    );
}

#[test]
fn numbers_of_lists_are_part_of_the_text() {
    let html = "<ol start=3><li>学习<li>2021年<ul><li>甲</ul></ol><ol type=A><li><p>活动</p></ol>
        <ol style='list-style-type:cjk-ideographic'><li>要点</ol><ol style='list-style:none'><li>裸</ol>";
    assert_eq!(
        read(html),
        "paragraph 1: 3.学习\nparagraph 2: 4. 2021年\nparagraph 3: 甲\nparagraph 4: A.活动\n\
         paragraph 5: 一、要点\nparagraph 6: 裸\n"
    );
}

#[test]
fn lists_in_each_other_that_count_alike_are_numbered_as_documents_nest_them() {
    assert_eq!(
        read("<ol><li>思想<ol><li>学习<li>宣讲</ol><li>文体<ol><li>比赛</ol></ol>"),
        "paragraph 1: 一、思想\nparagraph 2: 1.学习\nparagraph 3: 2.宣讲\n\
         paragraph 4: 二、文体\nparagraph 5: 1.比赛\n"
    );
    assert_eq!(
        read("<ol><li>思想<ol><li>学习<ol><li>读书</ol></ol></ol>"),
        "paragraph 1: 一、思想\nparagraph 2: （一）学习\nparagraph 3: 1.读书\n"
    );
}

#[test]
fn numbers_that_word_writes_itself_stay() {
    let html = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
        style='mso-list:Ignore'>1.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>学习<o:p></o:p></p>";
    assert_eq!(read(html), "paragraph 1: 1. 学习\n");
}

#[test]
fn merged_cells_have_their_places_in_the_grid() {
    let html = "<table><caption>安排</caption><thead><tr><th colspan=2>任务<th>时间</thead>
        <tr><td rowspan=0>学习<td><p>竞赛</p><p>讲座</p><td rowspan='2'>5月<tr><td>宣讲</table>";
    assert_eq!(
        read(html),
        "paragraph 1: 安排\ntable 1\n任务 | < | 时间\n学习 | 竞赛⏎讲座 | 5月\n^ | 宣讲 | ^\n"
    );
}

#[test]
fn tables_that_only_place_things_are_frames() {
    let data = "<table><tr><td>任务<td>时间<td>人<tr><td>拔河<td>5月<td>甲</table>";
    let html = format!(
        "<body><table><tr><td><a href=a>首页</a><td><a href=b>通知</a></table>
        <table><tr><td><a href=c>组织机构</a><br><a href=d>政策法规</a></td><td><table><tr><td>
        <p>现将要点印发给你们。</p>{data}</td></tr></table></td></tr></table></body>"
    );
    assert_eq!(
        read(&html),
        "paragraph 1: 现将要点印发给你们。\ntable 1\n任务 | 时间 | 人\n拔河 | 5月 | 甲\n"
    );
}

#[test]
fn what_stands_around_the_text_is_kept_apart() {
    let html = "<head><title>关于印发要点的通知-某大学工会</title></head><body>
        <div id=topnav><ul><li><a href=a>首页</a><li><a href=b>机构</a></ul></div>
        <div><h1>关于印发要点的通知</h1><div>发布时间：2024-03-01　浏览次数：12</div>
        <div class=content><p>各分工会：</p><p>现将要点印发给你们，请遵照执行。</p><p>校工会</p>
        <p><a href=x.docx>附件：安排表.docx</a></p></div>
        <p>上一篇：<a href=c>体检</a></p></div>
        <script>var a = '<p>不是正文。</p>';</script><div style='display:none'><p>暗处的话。</p></div>
        <footer>版权所有。</footer></body>";
    assert_eq!(
        read(html),
        "paragraph 1 heading 1: 关于印发要点的通知\nparagraph 2: 各分工会：\n\
         paragraph 3: 现将要点印发给你们，请遵照执行。\nparagraph 4: 校工会\nparagraph 5: 附件：安排表.docx\n\
         aside: 发布时间：2024-03-01　浏览次数：12\naside: 上一篇：体检\naside: 版权所有。\n"
    );
}

/// Nothing is lost where the text stands in several elements.
#[test]
fn text_in_several_elements_is_read_as_a_whole() {
    let table = "<table><tr><td>任务<td>时间<tr><td>拔河<td>5月</table>";
    let html = format!(
        "<body><div><p>各分工会：</p></div><div><p>现将要点印发给你们。</p></div><div>{table}</div></body>"
    );
    assert_eq!(
        read(&html),
        "paragraph 1: 各分工会：\nparagraph 2: 现将要点印发给你们。\ntable 1\n任务 | 时间\n拔河 | 5月\n"
    );
}

#[test]
fn deleted_and_hidden_text_is_left_out_and_said_so() {
    let html = "<p>开展<del>三次</del><ins>两次</ins>活动<span style='mso-hide:all'>暗</span></p>";
    assert_eq!(read(html), "paragraph 1: 开展两次活动\nremark: 隐藏文字没有导入\n");
}

/// Found by the fuzzer.
#[test]
fn characters_that_nobody_sees_make_no_paragraph() {
    assert_eq!(read("<p>\u{1}\u{2}</p><p><b>学\u{1}</b></p>"), "paragraph 1 bold 1: 学\n");
}

#[test]
fn a_page_may_be_in_any_encoding_of_chinese_offices() {
    let html = "<meta charset=gb2312><p>關於印發要點的通知。工會</p>";
    let expected = "paragraph 1: 關於印發要點的通知。工會\n";
    let (gbk, big5) = (encoding_rs::GB18030.encode(html).0, encoding_rs::BIG5.encode(html).0);
    assert_eq!(shown(&read_as("a.htm", &gbk)), expected);
    let labelled =
        [b"<meta charset=big5>".as_slice(), &big5["<meta charset=gb2312>".len()..]].concat();
    assert_eq!(shown(&read_as("a.htm", &labelled)), expected);
    assert_eq!(shown(&read_as("a.htm", html.as_bytes())), expected);
}
