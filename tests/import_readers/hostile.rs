//! Files may come from anyone: whatever stands in them, reading them ends, in little memory.

use crate::parts::{Docx, SPACES, packed};
use crate::{notices, told_of};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use unionplan::import::read;

/// Reading anything takes less, even without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(20);

/// Documents that would take a careless reader hours, all memory, or its stack.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let many = |text: &str, times: usize| text.repeat(times);
    let nested = |start: &str, times: usize, inside: &str| {
        let end = format!("</{}>", start.split([' ', '>']).next().unwrap_or(start));
        format!("{}{inside}{}", many(&format!("<{start}>"), times), many(&end, times))
    };
    let text = |run: &str| format!("<w:p><w:r><w:t>{run}</w:t></w:r></w:p>");
    let cell = "<w:tc><w:p/></w:tc>";
    let table = |rows: &str| format!("<w:tbl>{rows}</w:tbl>");
    let wide = r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc></w:tr>"#;
    let before = r#"<w:tr><w:trPr><w:gridBefore w:val="4000000000"/></w:trPr></w:tr>"#;
    let ragged = format!(
        "<w:tr>{}</w:tr>{}",
        many(cell, 9_000),
        many(&format!("<w:tr>{cell}</w:tr>"), 9_000)
    );
    let fields = many(r#"<w:r><w:fldChar w:fldCharType="begin"/><w:t>a</w:t></w:r>"#, 100_000);
    let spaces: String = (0..100_000).map(|n| format!(" xmlns:a{n}='u'")).collect();
    let attributes: String = (0..400_000).map(|n| format!(" a{n}='1'")).collect();
    let of = |body: String| Docx::new(&body).bytes();
    vec![
        ("text without end", of(text(&many("工会", 7_000_000)))),
        ("zeros without end", of(many("0", 60_000_000))),
        ("paragraphs without end", of(many(&text("a"), 150_000))),
        ("blank paragraphs without end", of(many("<w:p/>", 4_000_000))),
        ("elements in elements", of(nested("w:sdt", 200_000, ""))),
        ("elements in elements without end", of(many("<w:p>", 4_000_000))),
        ("tables in tables", of(nested("w:tbl><w:tr><w:tc", 60_000, ""))),
        ("a million cells", of(table(&format!("<w:tr>{}</w:tr>", many(cell, 1_000_000))))),
        ("a cell over a million columns", of(table(&many(wide, 3)))),
        ("columns in front of a row without end", of(table(before))),
        ("short rows below a long one", of(table(&ragged))),
        ("fields in fields", of(format!("<w:p>{fields}</w:p>"))),
        ("namespaces without end", of(format!("<w:p{spaces}/>"))),
        ("attributes without end", of(format!("<w:p><w:r><w:t{attributes}>a</w:t></w:r></w:p>"))),
        ("an entity of its own", of("&a;".to_owned())),
        ("an archive in an archive", packed(&[("a.zip".to_owned(), of(many("0", 40_000_000)))])),
        (
            "parts without end",
            packed(&(0..6_000).map(|n| (format!("{n}"), Vec::new())).collect::<Vec<_>>()),
        ),
    ]
}

/// Styles and lists that refer to each other, and numbers as high as they get.
fn circles() -> Vec<(&'static str, Vec<u8>)> {
    let number = r#"<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"#;
    let styles = r#"<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/>
        <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let lists = r#"<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:lvl w:ilvl="0">
        <w:start w:val="4294967295"/><w:numFmt w:val="upperRoman"/>
        <w:lvlText w:val="%1%2%3%4%5%6%7%8%9%1%2%3"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    let with = |styles: &str, lists: &str| {
        let docx = Docx::new(&number.repeat(2_000)).with("styles", "styles", styles);
        docx.with("numbering", "numbering", lists).bytes()
    };
    let style: String = (0..200_000).map(|n| format!(r#"<w:style w:styleId="{n}"/>"#)).collect();
    let list: String = (0..200_000).map(|n| format!(r#"<w:num w:numId="{n}"/>"#)).collect();
    vec![
        ("circles", with(styles, lists)),
        ("styles without end", with(&style, lists)),
        ("lists without end", with(styles, &list)),
    ]
}

/// Pages that would do the same.
fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let many = |text: &str, times: usize| text.repeat(times).into_bytes();
    let formatting: String = (0..60_000).map(|n| format!("<b a{n}>")).collect();
    let misnested = format!("{formatting}{}", "x</b>".repeat(60_000));
    let attributes: String = (0..500_000).map(|n| format!(" a{n}=1")).collect();
    vec![
        ("elements in elements", many("<div>", 1_500_000)),
        ("lists in lists", many("<ul><li>", 1_000_000)),
        ("tables in tables", many("<table><tr><td>a", 400_000)),
        ("bold in bold", many("<b>", 2_000_000)),
        ("end tags without end", many("</p></div></td>", 600_000)),
        ("tags closed in the wrong order", misnested.into_bytes()),
        ("attributes without end", format!("<p{attributes}>a").into_bytes()),
        ("a tag without end", format!("<p {}", "a".repeat(8_000_000)).into_bytes()),
        ("a comment without end", format!("<p>a<!--{}", "-".repeat(8_000_000)).into_bytes()),
        ("open tags without end", many("<", 8_000_000)),
        ("ampersands without end", many("&", 8_000_000)),
        ("references without end", many("&amp", 3_000_000)),
        (
            "a cell over all columns",
            many("<table><tr><td colspan=65535 rowspan=65535>a<td>b<tr><td>c<td>d", 3_000),
        ),
        ("cells without end", [b"<table><tr>".to_vec(), many("<td>a", 400_000)].concat()),
        ("line breaks without end", many("a<br>", 200_000)),
        ("text without end", many("工会", 2_500_000)),
        (
            "a script without end",
            format!("<p>a<script>{}", "</scrip".repeat(1_000_000)).into_bytes(),
        ),
    ]
}

fn read_in_time(name: &str, file: &str, bytes: &[u8]) {
    let start = Instant::now();
    let read = read::read_bytes(Path::new(file), bytes);
    let took = start.elapsed();
    assert!(took < LONGEST, "{name} took {took:?}");
    if let Err(told) = read {
        let codes = ["large-source", "damaged-source", "empty-source", "unreadable-source"];
        assert!(codes.contains(&told.code), "{name}: {}", told.message.zh);
    }
}

#[test]
fn monsters_are_read_to_an_end() {
    for (name, bytes) in documents().into_iter().chain(circles()) {
        read_in_time(name, "a.docx", &bytes);
    }
    for (name, bytes) in pages() {
        read_in_time(name, "a.html", &bytes);
    }
    for (name, text) in [
        ("lines without end", "a\n".repeat(4_000_000)),
        ("tabs without end", "\t".repeat(8_000_000)),
        ("a long row and many short ones", "a\t".repeat(90_000) + &"\na\tb".repeat(90_000)),
    ] {
        read_in_time(name, "a.txt", text.as_bytes());
    }
}

#[test]
fn what_is_too_much_is_said_to_be_so() {
    let large = [
        "text without end",
        "zeros without end",
        "paragraphs without end",
        "a million cells",
        "a cell over a million columns",
        "columns in front of a row without end",
        "short rows below a long one",
        "elements in elements",
        "parts without end",
    ];
    for (name, bytes) in documents().into_iter().filter(|(name, _)| large.contains(name)) {
        assert_eq!(told_of("a.docx", &bytes).0, "large-source", "{name}");
    }
}

/// What an archive says of its size is not believed.
#[test]
fn a_size_that_is_a_lie_helps_nobody() {
    let body = "0".repeat(60_000_000);
    let bytes = Docx::new(&body).bytes();
    let real =
        u32::try_from(format!("<w:document {SPACES}><w:body>{body}</w:body></w:document>").len())
            .unwrap();
    let mut forged = bytes.clone();
    let mut at = 0;
    while let Some(found) = forged[at..].windows(4).position(|four| four == real.to_le_bytes()) {
        at += found;
        forged[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    assert_ne!(forged, bytes, "the size is found in the archive");
    assert!(["large-source", "damaged-source"].contains(&told_of("a.docx", &forged).0));
}

/// Parts that share their bytes: small in the archive, without end when unpacked.
#[test]
fn parts_that_overlap_are_refused() {
    let bytes = packed(&[("a".to_owned(), vec![0; 1_000_000]), ("b".to_owned(), vec![1])]);
    let entry = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut forged = bytes[..entry].to_vec();
    // The same entry many times, under different names.
    let first = &bytes[entry..entry + 47];
    for name in b'0'..=b'Z' {
        let mut entry = first.to_vec();
        entry[46] = name;
        forged.extend(entry);
    }
    let (count, start) = (u16::from(b'Z' - b'0' + 1), u32::try_from(entry).unwrap());
    let length = u32::from(count) * 47;
    forged.extend(b"PK\x05\x06\0\0\0\0");
    forged.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    forged.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    forged.extend([0, 0]);
    let (code, words) = told_of("a.docx", &forged);
    assert!(code == "damaged-source" && words.contains("重叠"), "{code} {words}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Cut anywhere, with any bytes changed: a document or a word on why there is none, and no panic.
    #[test]
    fn broken_notices_are_read_or_refused(
        notice in 0_usize..14,
        cut in 0.0_f64..1.2,
        flips in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 0..12),
    ) {
        let (_, path) = notices().swap_remove(notice);
        let mut bytes = fs::read(&path).unwrap();
        let at = |share: f64, length: usize| (share * length as f64) as usize;
        bytes.truncate(at(cut, bytes.len()));
        for (place, byte) in flips {
            let place = at(place, bytes.len());
            if let Some(old) = bytes.get_mut(place) {
                *old = byte;
            }
        }
        let _ = read::read_bytes(&path, &bytes);
    }

    /// The XML itself, broken inside a whole archive.
    #[test]
    fn broken_text_parts_are_read_or_refused(
        cut in 0.0_f64..1.2,
        flips in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 0..6),
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/yunling-2023/notice.docx");
        let file = fs::File::open(&path).unwrap();
        let mut archive = zip::ZipArchive::new(file).unwrap();
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut content).unwrap();
            let name = part.name().unwrap().into_owned();
            if ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels"].contains(&name.as_str()) {
                content.truncate((cut * content.len() as f64) as usize);
                for (place, byte) in &flips {
                    let place = (place * content.len() as f64) as usize;
                    if let Some(old) = content.get_mut(place) {
                        *old = *byte;
                    }
                }
            }
            if !name.contains("styles") {
                parts.push((name, content));
            }
        }
        let _ = read::read_bytes(&path, &packed(&parts));
    }
}
