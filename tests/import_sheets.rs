//! Workbooks that are read to be imported: real ones, strange ones and hostile ones.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use support::workbooks::{pack, parts, rows, text, unpack};
use support::{golden, home};
use unionplan::diagnostic::Diagnostic;
use unionplan::import::document::{Block, Cell, Document, Merged};
use unionplan::import::read::sheet;

fn read(bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    sheet::read(Path::new("notice.xlsx"), bytes)
}

/// A document as text that people can compare.
fn shown(document: &Document) -> String {
    let mut lines = Vec::new();
    let broken = |text: &str| text.replace('\n', "⏎");
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let place = paragraph.piece.place.words().zh;
                lines.push(format!("{place} ¶ {}", broken(&paragraph.piece.text)));
            }
            Block::Table(table) => {
                for row in &table.rows {
                    let cell = |cell: &Cell| match cell.merged {
                        Merged::Above => "↑".to_owned(),
                        Merged::Left => "←".to_owned(),
                        Merged::No => broken(&cell.piece.text),
                    };
                    let cells: Vec<String> = row.iter().map(cell).collect();
                    let place = row[0].piece.place.words().zh;
                    lines.push(format!("{place} | {} |", cells.join(" | ")));
                }
            }
        }
    }
    lines.extend(document.asides.iter().map(|aside| format!("旁 {}", broken(&aside.text))));
    lines.extend(document.remarks.iter().map(|remark| format!("注 {}", remark.zh)));
    lines.join("\n") + "\n"
}

#[test]
fn notices_are_read_cell_by_cell() {
    let mut count = 0;
    for folder in fs::read_dir(home().join("tests/import")).unwrap() {
        let folder = folder.unwrap().path();
        let Ok(bytes) = fs::read(folder.join("notice.xlsx")) else { continue };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        golden(&format!("tests/import_sheets/{name}.txt"), &shown(&read(&bytes).unwrap()));
        count += 1;
    }
    assert_eq!(count, 57);
}

/// What the only sheet of a workbook is read as.
fn sheet_of(content: &str) -> String {
    shown(&read(&pack(&parts(&[("表", "", content)]))).unwrap())
}

#[test]
fn what_is_hidden_stays_out_of_the_body_and_is_told() {
    let table =
        rows(&[&["任务", "时间", "科室"], &["拔河", "5月", "宣教科"], &["体检", "9月", "综合科"]]);
    let table = table.replace("<row r=\"2\">", "<row r=\"2\" hidden=\"1\">");
    let content = format!(r#"<cols><col min="3" max="3" width="9" hidden="1"/></cols>{table}"#);
    let book = parts(&[("甲", "", &content), ("乙", r#"state="veryHidden""#, &rows(&[&["密"]]))]);
    let document = read(&pack(&book)).unwrap();
    assert_eq!(
        shown(&document),
        "第1张工作表A1 ¶ 任务\n第1张工作表A1 ¶ 时间\n第1张工作表A3 ¶ 体检\n第1张工作表A3 ¶ 9月\n\
         旁 科室\n旁 拔河\n旁 5月\n旁 宣教科\n旁 综合科\n旁 密\n\
         注 工作表“甲”有隐藏的行或列，其中5个单元格没有导入\n\
         注 工作表“乙”是隐藏的，没有导入\n"
            .replace("A1 ¶ 时间", "B1 ¶ 时间")
            .replace("A3 ¶ 9月", "B3 ¶ 9月")
    );
}

#[test]
fn a_merged_cell_shows_where_its_first_row_is_hidden() {
    let table = rows(&[
        &["项目", "任务", "时间"],
        &["文体", "拔河", "5月"],
        &["", "棋牌", "6月"],
        &["", "歌咏", "7月"],
    ]);
    let table = table.replace("<row r=\"2\">", "<row r=\"2\" hidden=\"true\">");
    let text =
        sheet_of(&format!(r#"{table}<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>"#));
    assert!(text.contains("A3 | 文体 | 棋牌 | 6月 |\n"), "{text}");
    assert!(text.contains("A4 | ↑ | 歌咏 | 7月 |\n"), "{text}");
}

#[test]
fn a_text_in_one_column_or_one_cell_is_paragraphs() {
    let text = sheet_of(&rows(&[
        &["要点"],
        &[""],
        &["一、", "思想引领"],
        &["各分工会：\n现将要点印发给你们。"],
    ]));
    let lines: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once("¶ ")?.1)).collect();
    assert_eq!(lines, ["要点", "一、思想引领", "各分工会：", "现将要点印发给你们。"]);
}

#[test]
fn values_are_shown_and_nothing_is_worked_out() {
    let cells = [
        r#"<c r="A1"><v>3.0</v></c><c r="B1" s="1"><v>45424</v></c><c r="C1" t="b"><v>1</v></c>"#,
        r##"<c r="D1" t="e"><f>A9</f><v>#REF!</v></c><c r="E1" t="str"><f>"6"&amp;"月"</f><v>6月</v></c>"##,
        r#"<c r="F1"><f>TODAY()</f></c><c r="G1" t="s"><v>0</v></c>"#,
    ];
    let mut book = parts(&[(
        "表",
        "",
        &format!(r#"<sheetData><row r="1">{}</row></sheetData>"#, cells.concat()),
    )]);
    book.insert(
        "xl/styles.xml".to_owned(),
        br#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="m&quot;&#26376;&quot;d&quot;&#26085;&quot;;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>"#.to_vec(),
    );
    let strings = "<sst><si><r><t>文</t></r><rPh><t>wén</t></rPh><r><t xml:space=\"preserve\"> 字_x000D_\n二</t></r></si></sst>";
    book.insert("xl/sharedStrings.xml".to_owned(), strings.into());
    assert_eq!(
        shown(&read(&pack(&book)).unwrap()),
        "第1张工作表A1 | 3 | 5月12日 | TRUE | #REF! | 6月 | 文 字⏎二 |\n\
         注 工作表“表”的D1显示错误“#REF!”，请核对\n\
         注 工作表“表”有1个公式没有算出的结果，当作空白；在 Excel 或 WPS 里打开、保存一次再导入\n"
    );
}

#[test]
fn comments_boxes_and_page_lines_stand_beside() {
    let content = rows(&[&["要点"]])
        + "<headerFooter><oddHeader>&amp;C内部资料</oddHeader><oddFooter>&amp;C第 &amp;P 页</oddFooter></headerFooter>";
    let mut book = parts(&[("表", "", &content)]);
    book.insert("xl/comments1.xml".to_owned(), "<comments><commentList><comment ref=\"A1\"><text><r><t>是否写明？</t></r></text></comment></commentList></comments>".into());
    book.insert(
        "xl/drawings/drawing1.xml".to_owned(),
        "<d><txBody><p><r><t>附：</t></r><r><t>名单</t></r></p></txBody></d>".into(),
    );
    assert_eq!(
        shown(&read(&pack(&book)).unwrap()),
        "第1张工作表A1 ¶ 要点\n旁 内部资料\n旁 是否写明？\n旁 附：名单\n"
    );
}

#[test]
fn macros_locks_and_broken_files_are_refused_in_clear_words() {
    let plain = parts(&[("表", "", &rows(&[&["要点"]]))]);
    let code = |bytes: &[u8]| read(bytes).unwrap_err().code;
    let mut book = plain.clone();
    book.insert("xl/vbaProject.bin".to_owned(), b"x".to_vec());
    assert_eq!(code(&pack(&book)), "workbook-with-macros");
    let named = sheet::read(Path::new("计划.XLSM"), &pack(&plain)).unwrap_err();
    assert_eq!(named.code, "workbook-with-macros");
    let mut book = plain.clone();
    book.insert(
        "xl/worksheets/sheet1.xml".to_owned(),
        b"<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet/>".to_vec(),
    );
    assert_eq!(code(&pack(&book)), "damaged-source");
    assert_eq!(code(b"PK\x03\x04"), "damaged-source");
    assert_eq!(code(&pack(&parts(&[("表", "", "<sheetData/>")]))), "empty-source");
    let mut book = plain;
    book.remove("xl/workbook.xml");
    assert_eq!(code(&pack(&book)), "damaged-source");
}

#[test]
fn bombs_are_read_in_no_time_or_refused() {
    let far = format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{}</row><row r="1048576">{}</row></sheetData>"#,
        text("A1", "一"),
        text("XFD1048576", "二")
    );
    let diagonal: String = (1..=1_000)
        .map(|n| format!(r#"<row r="{n}"><c r="{}{n}"><v>1</v></c></row>"#, column(n)))
        .collect();
    let merges = format!(
        "{}<mergeCells>{}</mergeCells>",
        rows(&[&["一", "二", "三"], &["四"]]),
        r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(100_000)
    );
    let deep =
        format!("<sheetData>{}{}</sheetData>", "<x>".repeat(1_000_000), "</x>".repeat(1_000_000));
    let many = format!(
        "<sheetData>{}</sheetData>",
        "<c><v>1</v></c>"
            .repeat(1_000_000)
            .replace("<c>", "<row><c>")
            .replace("</c>", "</c></row>")
    );
    let hidden: String = (1..=20_000)
        .map(|n| {
            format!(
                r#"<row r="{n}" hidden="1"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>"#
            )
        })
        .collect();
    let columns = r#"<col min="1" max="4294967295" hidden="1"/>"#.repeat(10_000);
    let regions: String =
        (1..=20_000).map(|n| format!(r#"<mergeCell ref="A{n}:A1048576"/>"#)).collect();
    let hidden = format!(
        "<cols>{columns}</cols><sheetData>{hidden}</sheetData><mergeCells>{regions}</mergeCells>"
    );
    for (name, content, wanted) in [
        ("far", far, None),
        ("hidden", hidden, None),
        ("diagonal", format!("<sheetData>{diagonal}</sheetData>"), Some("large-source")),
        ("merges", merges, Some("large-source")),
        ("deep", deep, Some("empty-source")),
        ("many", many, Some("large-source")),
        (
            "blanks",
            format!("<sheetData><row>{}</row></sheetData>", "<c/>".repeat(16_384)),
            Some("empty-source"),
        ),
        (
            "outside",
            r#"<sheetData><row r="1048577"><c><v>1</v></c></row></sheetData>"#.to_owned(),
            Some("damaged-source"),
        ),
    ] {
        let bytes = pack(&parts(&[("表", "", &content)]));
        let begun = Instant::now();
        assert_eq!(read(&bytes).err().map(|fault| fault.code), wanted, "{name}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{name}: {:?}", begun.elapsed());
    }
}

#[test]
fn shared_texts_are_bounded_however_many_are_claimed() {
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(10_000);
    let mut book = parts(&[("表", "", &format!("<sheetData><row>{cells}</row></sheetData>"))]);
    let strings = |inside: &str| {
        format!(
            r#"<sst count="18446744073709551615" uniqueCount="18446744073709551615">{inside}</sst>"#
        )
        .into_bytes()
    };
    for (inside, wanted) in [
        (format!("<si><t>{}</t></si>", "长".repeat(2_000)), Some("large-source")),
        ("<si/>".repeat(1_000_000), Some("large-source")),
        ("<si><t>短</t></si>".to_owned(), None),
    ] {
        book.insert("xl/sharedStrings.xml".to_owned(), strings(&inside));
        assert_eq!(read(&pack(&book)).err().map(|fault| fault.code), wanted);
    }
}

/// The letters of a column.
fn column(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        number -= 1;
        letters.insert(0, char::from(b'A' + (number % 26) as u8));
        number /= 26;
    }
    letters
}

#[test]
fn damage_at_any_place_never_breaks_the_reader() {
    let bytes = fs::read(home().join("tests/import/hexi-2021/notice.xlsx")).unwrap();
    for end in (0..bytes.len()).step_by(97) {
        assert!(read(&bytes[..end]).is_err(), "{end}");
    }
    let whole = unpack(&bytes);
    for (name, content) in &whole {
        for at in (0..content.len()).step_by(content.len() / 40 + 1) {
            let mut parts = whole.clone();
            let part = parts.get_mut(name).unwrap();
            part[at] ^= 0x15;
            let _ = read(&pack(&parts));
            parts.get_mut(name).unwrap().truncate(at);
            let _ = read(&pack(&parts));
        }
    }
}
