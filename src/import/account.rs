//! Every sentence of a source is in the draft or among its leftovers: whatever was lost on the way is
//! found here, so that nothing is dropped in silence.

use super::columns;
use super::document::{Block, Document, Piece};
use super::draft::Draft;
use super::lines::plain;
use super::numbering;

/// The pieces of a document, before it is taken apart.
pub fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => pieces.push(paragraph.piece.clone()),
            Block::Table(table) => {
                let cells = table.rows.iter().flatten().map(|cell| cell.piece.clone());
                pieces.extend(cells.filter(|piece| !piece.text.is_empty()));
            }
        }
    }
    pieces.extend(document.asides.iter().cloned());
    pieces
}

/// Adds to a draft's leftovers what stands neither in it nor among them.
pub fn account(draft: &mut Draft, pieces: Vec<Piece>) {
    let mut told = said(draft);
    for piece in &draft.leftovers {
        told.push_str(&plain(&piece.text));
        told.push('\n');
    }
    for piece in pieces {
        let lost: Vec<&str> =
            sentences(&piece.text).filter(|sentence| !is_told(sentence, &told)).collect();
        if !lost.is_empty() {
            draft.leftovers.push(Piece::new(&lost.join("。"), piece.place));
        }
    }
    draft.leftovers.sort_by_key(|piece| piece.place);
}

/// The sentences of a text, and what its marks part.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let marks = [
        '。', '；', '：', ':', ';', '\n', '（', '）', '(', ')', '【', '】', '、', '，', '/',
        '\u{3000}',
    ];
    let parts = text.split(marks).flat_map(|part| part.split("  "));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// Whether a sentence stands in the draft, with or without its number. What names a column, what is a
/// number alone and what carries no word need not.
fn is_told(sentence: &str, told: &str) -> bool {
    let bare = plain(sentence);
    let without_number = numbering::split_paragraph(sentence).map(|(_, rest)| plain(rest));
    bare.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit())
        || told.contains(&bare)
        || without_number.is_some_and(|rest| told.contains(&rest))
        || without_verb(&bare).is_some_and(|rest| told.contains(rest))
        || columns::named(sentence).is_some()
        || is_structure(&bare)
}

/// 办公室 of 办公室负责, 3月 of 3月完成.
fn without_verb(bare: &str) -> Option<&str> {
    ["负责", "牵头", "配合", "协助", "完成", "主办", "承办"]
        .iter()
        .find_map(|verb| bare.strip_suffix(verb).or(bare.strip_prefix(verb)))
        .filter(|rest| !rest.is_empty())
}

/// Words that only say how a document is put together, and numbers whose heading says the same.
fn is_structure(plain: &str) -> bool {
    let number = plain.trim_start_matches('第').trim_end_matches(['部', '分', '章']);
    ["续表", "附件", "附表", "责任分工"].contains(&plain)
        || number.chars().all(|c| "一二三四五六七八九十".contains(c))
        || super::lines::day(plain).is_some()
}

/// All that a draft says, in one spelling.
fn said(draft: &Draft) -> String {
    let mut all = String::new();
    let mut add = |text: &str| {
        all.push_str(&plain(text));
        all.push('\n');
    };
    add(&draft.title);
    let optional = [&draft.document_number, &draft.issuer, &draft.schedule_title];
    optional.into_iter().flatten().for_each(|text| add(text));
    if let Some(letter) = &draft.letter {
        add(&letter.title);
        letter.to.iter().chain(&letter.text).chain(&letter.attachments).for_each(|text| add(text));
    }
    draft.overview.iter().for_each(|text| add(text));
    for section in &draft.sections {
        add(&section.title);
        section.schedule_title.iter().chain(&section.text).for_each(|text| add(text));
        for item in &section.items {
            add(&item.title);
            let texts = item.group.iter().chain(&item.schedule_title).chain(&item.text);
            texts.for_each(|text| add(text));
        }
    }
    for task in draft.all_tasks() {
        add(&task.text);
        let optional = [&task.when, &task.month, &task.audience, &task.remark];
        optional.into_iter().flatten().for_each(|text| add(text));
        let names = task.leaders.iter().chain(&task.offices).chain(&task.support);
        names.for_each(|name| add(name));
    }
    all
}
