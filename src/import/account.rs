//! Every sentence of a source is in the draft or among its leftovers: whatever was lost on the way is
//! found here, so that nothing is dropped in silence.

use super::document::{Block, Document, Piece, Spot};
use super::draft::Draft;
use super::lines::plain;
use super::{attachments, columns, numbering, people};
use std::collections::HashSet;

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
    let mut told = Told::default();
    said(draft, &mut |text| told.add(text));
    draft.columns.iter().for_each(|name| told.add(name));
    draft.leftovers.iter().for_each(|piece| told.add(&piece.text));
    for piece in pieces {
        // The lines of a cell may be one text, as headings are, or several.
        let joined = piece.joined();
        let mut lost = |text| -> Vec<String> {
            let lost = sentences(text).filter(|sentence| !told.has(sentence));
            lost.map(str::to_owned).collect()
        };
        let lost_lines = lost(&piece.text);
        let lost_joined = if lost_lines.is_empty() { Vec::new() } else { lost(&joined) };
        if !lost_joined.is_empty() && !told.has_people(&piece.text) {
            draft.leftovers.push(Piece::new(&lost_joined.join(" … "), piece.place));
        }
    }
    draft.leftovers.sort_by_key(|piece| piece.place);
}

/// Bytes that are searched for sentences that are no whole sentence of the draft; what is not found by
/// then is listed, so that a huge source ends in time.
const MOST_SEARCHED: usize = 1 << 31;

/// All that a draft says, in one spelling.
#[derive(Default)]
struct Told {
    text: String,
    sentences: HashSet<String>,
    searched: usize,
}

impl Told {
    fn add(&mut self, text: &str) {
        self.sentences.extend(sentences(text).map(plain));
        self.text.push_str(&plain(text));
        self.text.push('\n');
    }

    /// Whether a sentence stands in the draft, with or without its number. What names a column, what is
    /// a number alone and what carries no word need not.
    fn has(&mut self, sentence: &str) -> bool {
        let bare = plain(sentence);
        let without_number =
            numbering::split_paragraph(sentence).map_or_else(String::new, |(_, rest)| plain(rest));
        let rest = without_verb(&bare).unwrap_or_default();
        // 附件1.工作要点
        let attached = attachments::single(&Piece::new(sentence, Spot::Aside));
        let attached = attached.map(|piece| plain(&piece.text)).unwrap_or_default();
        bare.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit())
            || [bare.as_str(), &without_number, rest, &attached]
                .iter()
                .any(|part| !part.is_empty() && self.sentences.contains(*part))
            || columns::named(sentence).is_some()
            || is_structure(&bare)
            || [bare.as_str(), &without_number, rest].iter().any(|part| self.finds(part))
            || self.has_names(sentence)
    }

    /// Whether all names of a cell stand in the draft: 组织部 张三 may be an office and a leader.
    fn has_names(&mut self, sentence: &str) -> bool {
        const LONGEST: usize = 24;
        let names: Vec<String> = sentence.split_whitespace().map(plain).collect();
        names.len() > 1
            && sentence.chars().count() <= LONGEST
            && names.iter().all(|name| self.sentences.contains(name))
    }

    /// Whether a cell is no more than leaders and offices of the draft, whatever sets them apart and
    /// pads them: 青年部 陈  坚.
    fn has_people(&self, cell: &str) -> bool {
        const LONGEST: usize = 60;
        if cell.chars().count() > LONGEST {
            return false;
        }
        let (people, offices) = people::both(cell);
        people.iter().chain(&offices).all(|name| self.sentences.contains(&plain(name)))
    }

    fn finds(&mut self, part: &str) -> bool {
        if part.is_empty() || self.searched > MOST_SEARCHED {
            return false;
        }
        self.searched += self.text.len();
        self.text.contains(part)
    }
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
    let number = number.trim_start_matches("附件");
    ["续表", "附件", "附表", "责任分工"].contains(&plain)
        || number.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        || super::dates::day(plain).is_some()
}

/// Hands over all that a draft says.
fn said(draft: &Draft, add: &mut dyn FnMut(&str)) {
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
        let optional = [&task.when, &task.filed, &task.audience, &task.remark];
        optional.into_iter().flatten().for_each(|text| add(text));
        let names = task.leaders.iter().chain(&task.offices).chain(&task.support);
        names.for_each(|name| add(name));
    }
}
