//! Small documents of Word, each with one thing that has to be read right.

use crate::parts::{Docx, SPACES, shown};
use crate::read_as;

/// What is read of a document.
fn read(docx: &Docx) -> String {
    shown(&read_as("通知.docx", &docx.bytes()))
}

/// What is read of a body.
fn body(body: &str) -> String {
    read(&Docx::new(body))
}

/// A paragraph of one run.
fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A cell with properties and text.
fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

fn numbered(list: usize, level: usize, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr>
        <w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

const LISTS: &str = r#"<w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="mine"/>
    <w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
    <w:lvlText w:val="%1.%3"/></w:lvl>
    </w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>"#;

#[test]
fn text_is_that_of_its_runs() {
    let runs = r#"<w:p><w:r><w:t xml:space="preserve"> 一、 </w:t></w:r><w:r><w:t> 加强</w:t><w:tab/>
        <w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:br/><w:t>&lt;党史&gt;&#x5B66;</w:t>
        <w:br w:type="page"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>"#;
    assert_eq!(body(runs), "paragraph 1: 一、 加强 A-B⏎<党史>学☑\n");
}

#[test]
fn bold_is_counted_from_the_beginning() {
    let run = |bold: &str, text: &str| {
        format!("<w:r><w:rPr>{bold}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let line = format!(
        "<w:p>{}{}{}</w:p>",
        run("<w:b/>", "  加强 "),
        run("<w:b w:val=\"1\"/>", "学习。"),
        run("<w:b w:val=\"0\"/>", "开展活动。")
    );
    assert_eq!(body(&line), "paragraph 1 bold 6: 加强 学习。开展活动。\n");
    let docx = Docx::new(&format!(
        r#"<w:p><w:pPr><w:pStyle w:val="k"/></w:pPr>{}{}</w:p>"#,
        run("", "目标"),
        run("<w:rStyle w:val=\"strong\"/>", "任务")
    ));
    let docx = docx.with(
        "styles",
        "styles",
        r#"<w:style w:type="paragraph" w:styleId="k"><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="strong"><w:rPr><w:b/></w:rPr></w:style>"#,
    );
    assert_eq!(read(&docx), "paragraph 1 bold 2: 目标任务\n");
}

#[test]
fn headings_are_known_by_their_level_or_the_name_of_their_style() {
    let styled = |style: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{style}</w:t></w:r></w:p>"#
        )
    };
    let docx = Docx::new(&(styled("one") + &styled("two") + &styled("three") + &paragraph("文")));
    let docx = docx.with(
        "styles",
        "styles",
        r#"<w:style w:type="paragraph" w:styleId="one"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="two"><w:name w:val="标题 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="three"><w:name w:val="x"/><w:basedOn w:val="one"/>
        <w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>"#,
    );
    assert_eq!(
        read(&docx),
        "paragraph 1 heading 1: one\nparagraph 2 heading 2: two\nparagraph 3 heading 3: three\n\
         paragraph 4: 文\n"
    );
}

#[test]
fn printed_numbers_are_part_of_the_text() {
    let lines = [
        numbered(4, 0, "思想引领"),
        numbered(4, 1, "学习"),
        numbered(4, 1, "2021年大会"),
        numbered(4, 2, "筹备"),
        r#"<w:p><w:pPr><w:pStyle w:val="mine"/></w:pPr><w:r><w:t>民主管理</w:t></w:r></w:p>"#
            .to_owned(),
        r#"<w:p><w:pPr><w:pStyle w:val="mine"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>
        <w:r><w:t>无号</w:t></w:r></w:p>"#
            .to_owned(),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc>{}</w:tr></w:tbl>",
            numbered(4, 1, ""),
            cell("", "拔河")
        ),
    ];
    let style = r#"<w:style w:type="paragraph" w:styleId="mine">
        <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>"#;
    let docx = Docx::new(&lines.concat()).with("numbering", "numbering", LISTS);
    assert_eq!(
        read(&docx.with("styles", "styles", style)),
        "paragraph 1: 一、思想引领\nparagraph 2: 1.学习\nparagraph 3: 2. 2021年大会\n\
         paragraph 4: 1.1 筹备\nparagraph 5: 二、民主管理\nparagraph 6: 无号\ntable 1\n1. | 拔河\n"
    );
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let lines = r#"<w:p><w:r><w:t>开展</w:t></w:r><w:del><w:r><w:delText>三次</w:delText></w:r></w:del>
        <w:ins><w:r><w:t>两次</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom></w:p>
        <w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>
        <w:p><w:r><w:t>后半</w:t></w:r></w:p>
        <w:tbl><w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>
        <w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"#;
    assert_eq!(
        body(lines),
        "paragraph 1: 开展两次\nparagraph 2: 前半后半\ntable 1\n甲 | \n\
         remark: 文档里有修订标记：标为删除的文字没有导入，标为插入的已导入\n"
    );
}

#[test]
fn hidden_text_is_left_out_and_said_so() {
    let lines = r#"<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>
        <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>全藏</w:t></w:r></w:p>"#;
    assert_eq!(body(lines), "paragraph 1: 看得见\nremark: 隐藏文字没有导入\n");
}

#[test]
fn fields_show_their_results() {
    let field = |code: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>
            <w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}
            <w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let line = format!(
        r#"<w:p>{}{}{}<w:hyperlink r:id="x">{}</w:hyperlink><w:fldSimple w:instr=" DATE ">{}</w:fldSimple>
        <w:fldSimple w:instr="NUMPAGES">{}</w:fldSimple></w:p>"#,
        field(" REF a ", &run("附件")),
        field(" PAGE ", &run("12")),
        field(" IF 1 ", &field("REF b", &run("内"))),
        run("办法"),
        run("5月"),
        run("9")
    );
    assert_eq!(body(&line), "paragraph 1: 附件内办法5月\n");
    // A field without an end takes no more than its own paragraph.
    let open =
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>码</w:t></w:r></w:p>"#;
    assert_eq!(body(&format!("{open}{}", paragraph("照常"))), "paragraph 1: 照常\n");
}

#[test]
fn a_table_of_contents_is_put_aside() {
    let lines = format!(
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC \o "1-3"</w:instrText>
        <w:fldChar w:fldCharType="separate"/><w:t>一、学习 3</w:t></w:r></w:p>
        <w:p><w:r><w:t>二、活动 5</w:t></w:r></w:p>
        <w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{}"#,
        paragraph("一、学习")
    );
    assert_eq!(
        body(&lines),
        "paragraph 1: 一、学习\naside: 一、学习 3\naside: 二、活动 5\nremark: 目录没有导入\n"
    );
}

#[test]
fn what_is_written_in_two_ways_is_read_once() {
    let line = r#"<w:p><w:r><mc:AlternateContent>
        <mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>附注</w:t></w:r></w:p>
        <w:p><w:r><w:t>两行</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>
        <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>附注</w:t></w:r></w:p></w:txbxContent>
        </v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>"#;
    assert_eq!(body(line), "paragraph 1: 正文\naside: 附注⏎两行\n");
}

#[test]
fn what_stands_beside_the_text_is_kept_apart() {
    let docx = Docx::new(&paragraph("正文"))
        .with("header", "hdr", &paragraph("校工会"))
        .with("header", "hdr", &paragraph("校工会"))
        .with("footer", "ftr", &paragraph("—  —"))
        .with("comments", "comments", &format!("<w:comment>{}</w:comment>", paragraph("核对")))
        .with("footnotes", "footnotes", &format!("<w:footnote>{}</w:footnote>", paragraph("注一")));
    assert_eq!(read(&docx), "paragraph 1: 正文\naside: 校工会\naside: 注一\naside: 核对\n");
}

#[test]
fn pictures_and_objects_are_counted() {
    let line = r#"<w:p><w:r><w:t>见图</w:t><w:drawing><a:blip/></w:drawing>
        <w:object><v:imagedata/><o:OLEObject/></w:object></w:r></w:p>"#;
    assert_eq!(
        body(line),
        "paragraph 1: 见图\nremark: 文档里有1张图片，图片里的文字没有导入\n\
         remark: 文档里嵌有1个其他程序的对象（如 Excel 表格），里面的内容没有导入\n"
    );
}

#[test]
fn merged_cells_have_their_places_in_the_grid() {
    let rows = [
        format!("<w:tr>{}{}</w:tr>", cell(r#"<w:gridSpan w:val="2"/>"#, "任务"), cell("", "时间")),
        format!(
            "<w:tr>{}{}{}</w:tr>",
            cell(r#"<w:vMerge w:val="restart"/>"#, "学习"),
            cell("", "竞赛"),
            cell(r#"<w:hMerge w:val="restart"/>"#, "5月")
        ),
        format!(
            r#"<w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tr>"#,
            cell("<w:vMerge/>", ""),
            cell("", "讲座"),
            cell("", "6月")
        ),
        format!(
            r#"<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>{}</w:tr>"#,
            cell("", "拔河")
        ),
    ];
    assert_eq!(
        body(&format!("<w:tbl>{}</w:tbl>", rows.concat())),
        "table 1\n任务 | < | 时间\n学习 | 竞赛 | 5月\n^ | 讲座 | 6月\n | 拔河 | \n"
    );
}

#[test]
fn cells_hold_lines_and_frames_hold_paragraphs() {
    let two = paragraph("甲") + &paragraph("乙");
    let inner = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", "丙"), cell("", "丁"));
    let table =
        format!("<w:tbl><w:tr><w:tc>{two}{inner}<w:p/></w:tc>{}</w:tr></w:tbl>", cell("", "戊"));
    assert_eq!(
        body(&format!("<w:tbl><w:tr><w:tc>{}{table}</w:tc></w:tr></w:tbl>", paragraph("框内"))),
        "paragraph 1: 框内\ntable 1\n甲⏎乙⏎丙 丁 | 戊\n\
         remark: 有单元格里套着表格，里面的文字按行并入了单元格\n"
    );
}

#[test]
fn the_strict_edition_and_other_encodings_are_read() {
    let strict = SPACES
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace("xmlns:w=", "xmlns:any=");
    let text = format!(
        "<any:document {strict}><any:body><any:p><any:r><any:t>严格</any:t></any:r></any:p></any:body></any:document>"
    );
    let wide: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for content in [text.into_bytes(), wide] {
        let mut docx = Docx::new("");
        docx.put("word/document.xml", content);
        assert_eq!(read(&docx), "paragraph 1: 严格\n");
    }
}

#[test]
fn links_to_elsewhere_are_not_followed() {
    let mut docx = Docx::new(&paragraph("正文"));
    docx.relate("attachedTemplate", r#"Target="file:///x/y.dotm" TargetMode="External""#);
    let remark = "remark: 文档链接了外部的模板或文件，没有读取\n";
    assert_eq!(read(&docx), format!("paragraph 1: 正文\n{remark}"));
    let mut docx = Docx::new(&paragraph("正文"));
    docx.relate("hyperlink", r#"Target="https://example.org" TargetMode="External""#);
    assert_eq!(read(&docx), "paragraph 1: 正文\n");
}
