//! Files that are not read each get a word on what to do with them; what a file is called matters less
//! than what is in it.

use crate::parts::{Docx, packed, shown};
use crate::{read_as, told_of};
use std::path::Path;
use unionplan::import::read;

/// A compound file with a stream of that name.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

#[test]
fn kinds_that_are_not_read_say_how_to_save_them() {
    let ofd = packed(&[("OFD.xml".to_owned(), b"<ofd/>".to_vec())]);
    let odt =
        packed(&[("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec())]);
    let plain = packed(&[("通知.docx".to_owned(), b"x".to_vec())]);
    for (name, bytes, kind, way) in [
        ("a.doc", compound("WordDocument"), ".doc", ".docx"),
        ("a.wps", compound("WordDocument"), ".wps", ".docx"),
        ("a.xls", compound("Workbook"), ".xls", ".xlsx"),
        ("a.et", compound("Workbook"), ".et", ".xlsx"),
        ("a.docx", b"%PDF-1.7 ...".to_vec(), "PDF", ".docx"),
        ("a.rtf", b"{\\rtf1 ...}".to_vec(), "RTF", ".docx"),
        ("a.png", b"\x89PNG\r\n\x1A\n".to_vec(), "PNG", "图片转文字"),
        ("a.jpg", b"\xFF\xD8\xFF\xE0".to_vec(), "JPEG", "图片转文字"),
        ("a.ofd", ofd, "OFD", ".docx"),
        ("a.odt", odt, "ODF", ".docx"),
        ("a.zip", plain, "ZIP", "解压"),
        ("a.rar", b"Rar!\x1A\x07\x01\0".to_vec(), "RAR", "解压"),
        ("a.csv", "任务,时间\n拔河,5月\n".into(), "CSV", ".xlsx"),
        (
            "a.mht",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;".to_vec(),
            ".mht",
            "仅 HTML",
        ),
    ] {
        let (code, words) = told_of(name, &bytes);
        assert_eq!(code, "unreadable-source", "{name}: {words}");
        assert!(words.contains(kind) && words.contains(way), "{name}: {words}");
    }
}

#[test]
fn locked_broken_and_empty_files_are_told_apart() {
    assert_eq!(told_of("a.docx", &compound("EncryptedPackage")).0, "locked-source");
    assert_eq!(told_of("a.docx", b"").0, "empty-source");
    assert_eq!(told_of("a.txt", b" \r\n\t").0, "empty-source");
    assert_eq!(told_of("a.html", b"<p> &nbsp;</p><img src=x.png>").0, "empty-source");
    assert_eq!(told_of("a.docx", &Docx::new("<w:p/>").bytes()).0, "empty-source");
    assert_eq!(told_of("a.docx", "各分工会".as_bytes()).0, "damaged-source");
    assert_eq!(told_of("a.docx", &packed(&[("x".to_owned(), vec![1])])).0, "damaged-source");
    assert_eq!(told_of("a.dat", &[0; 100]).0, "unknown-source");
    let bytes = Docx::new("<w:p><w:r><w:t>文</w:t></w:r></w:p>").bytes();
    let (code, words) = told_of("a.docx", &bytes[..bytes.len() / 2]);
    assert!(code == "damaged-source" && words.contains("没有下载完"), "{words}");
}

#[test]
fn documents_with_macros_are_refused() {
    let mut docx = Docx::new("<w:p><w:r><w:t>文</w:t></w:r></w:p>");
    docx.put("word/vbaProject.bin", [0_u8; 4]);
    let (code, words) = told_of("a.docm", &docx.bytes());
    assert!(code == "macros-in-source" && words.contains("不带宏的 .docx"), "{words}");
}

#[test]
fn what_is_in_a_file_decides_what_it_is() {
    let page = "<!DOCTYPE html><p>各分工会：</p>";
    assert_eq!(shown(&read_as("安排.xls", page.as_bytes())), "paragraph 1: 各分工会：\n");
    let docx = Docx::new("<w:p><w:r><w:t>文</w:t></w:r></w:p>").bytes();
    assert_eq!(shown(&read_as("通知.txt", &docx)), "paragraph 1: 文\n");
    let wide: Vec<u8> = "各分工会：\n通知1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&read_as("通知", &wide)), "line 1: 各分工会：\nline 2: 通知1\n");
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_so() {
    let told = read::read(Path::new("/nowhere/通知.docx")).unwrap_err();
    assert_eq!(told.code, "cannot-read");
}
