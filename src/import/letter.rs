//! The letter that carries a plan: 关于印发《…》的通知.

use super::document::{Paragraph, Piece};
use super::outline::{Letter, Outline};
use super::{attachments, dates, lines, numbering};

/// A letter's title stands within so many paragraphs.
const HEAD: usize = 8;

/// A letter without such a title has its date within so many paragraphs.
const LONGEST: usize = 20;

/// Reads the letter, if there is one; the index of the first paragraph behind it. `has_schedule` tells
/// whether a table follows.
pub fn read(text: &[Paragraph], has_schedule: bool, outline: &mut Outline) -> usize {
    let mut text: Vec<Piece> = text.iter().map(|paragraph| paragraph.piece.clone()).collect();
    let joined = join_title(&mut text);
    let pieces: Vec<&Piece> = text.iter().collect();
    let titled = pieces.iter().take(HEAD).position(|piece| lines::is_notice_title(&piece.text));
    let Some(head) = titled.or_else(|| untitled(&pieces, has_schedule)) else {
        return 0;
    };
    for piece in &pieces[..head] {
        match lines::is_document_number(&piece.text) {
            true => outline.document_number = Some((*piece).clone()),
            false => outline.leftovers.push((*piece).clone()),
        }
    }
    if titled.is_none() {
        outline.title = Some(pieces[head].clone());
    }
    let mut letter = Letter { title: pieces[head].clone(), ..Letter::default() };
    let mut end = pieces.len();
    let mut at = head + 1;
    while let Some(piece) = pieces.get(at).copied() {
        let words = piece.text.as_str();
        if let Some((named, behind)) = attachments::read(&pieces, at) {
            letter.attachments.extend(named);
            at = behind;
            continue;
        } else if is_plan(&pieces, at) {
            // Letter and plan in one: the plan has the letter's title.
            end = at;
            outline.title.get_or_insert_with(|| letter.title.clone());
            break;
        } else if lines::is_document_number(words) {
            outline.document_number = Some(piece.clone());
        } else if letter.to.is_none() && letter.text.is_empty() && lines::is_salutation(words) {
            letter.to = Some(Piece::new(words.trim_end_matches(['：', ':']), piece.place));
        } else if let Some(day) = dates::day(words) {
            outline.issued = Some(day);
            // Who signs stands above the day.
            let signs = letter.text.last().is_some_and(|last| lines::is_line(&last.text));
            outline.issuer = letter.text.pop_if(|_| signs);
            end = behind(&pieces, at + 1, &mut letter, outline);
            break;
        } else if outline.is_personal(words) || lines::is_footer(words) {
            outline.leftovers.push(piece.clone());
        } else if ends(&pieces, at, &letter) {
            end = at;
            break;
        } else {
            letter.text.push(piece.clone());
        }
        at += 1;
    }
    outline.letter = Some(letter);
    // What was joined is a paragraph more in the source.
    end + joined
}

/// Reads what a letter that is the plan, too, says is attached: above its signature. The index where
/// that begins.
pub fn attachments(text: &[Paragraph], end: usize, outline: &mut Outline) -> usize {
    let pieces: Vec<&Piece> = text[..end].iter().map(|paragraph| &paragraph.piece).collect();
    let list = |at: usize| attachments::read(&pieces, at).filter(|(_, behind)| *behind == end);
    let Some((first, named)) =
        (end.saturating_sub(attachments::MOST)..end).find_map(|at| Some((at, list(at)?.0)))
    else {
        return end;
    };
    for piece in named {
        outline.attachment(piece.clone(), &piece);
    }
    first
}

/// Puts a title together that goes over two lines: 关于印发《…工会 / 2024年工作要点》的通知. Returns how
/// many lines were joined.
fn join_title(text: &mut Vec<Piece>) -> usize {
    for at in 0..text.len().min(HEAD).saturating_sub(1) {
        let (first, second) = (&text[at].text, &text[at + 1].text);
        if lines::is_notice_title(first) || !lines::is_notice_title(&format!("{first}{second}")) {
            continue;
        }
        let is_open = first.matches('《').count() > first.matches('》').count();
        let is_name =
            second.starts_with("关于") && lines::is_line(first) && lines::is_issuer(first);
        let is_other = lines::is_document_number(first) || numbering::split(first).is_some();
        if (is_open || is_name || first.contains("关于")) && !is_other {
            let second = text.remove(at + 1);
            text[at].text.push_str(&second.text);
            return 1;
        }
    }
    0
}

/// The title of a letter that is headed as the plan itself: somebody is addressed below it, and it
/// is signed with a day, or the plan is that follows it.
fn untitled(pieces: &[&Piece], has_schedule: bool) -> Option<usize> {
    let first = &pieces[..pieces.len().min(LONGEST)];
    let salutation = first.iter().take(HEAD).position(|piece| lines::is_salutation(&piece.text))?;
    let numbered = |piece: &&&Piece| numbering::split_paragraph(&piece.text).is_some();
    let mut before_day = first.iter().skip(salutation).take_while(|piece| !numbered(piece));
    let is_signed = before_day.any(|piece| dates::day(&piece.text).is_some());
    let is_one = || {
        let plan = first.iter().position(|piece| numbered(&piece));
        // A plan of tables has no more than the heading of the first of them above it.
        let heads_table = |plan: usize| plan + 1 == pieces.len() && plan > salutation + 1;
        let is_plan = plan.map_or(has_schedule && pieces.len() > salutation + 1, |plan| {
            plan > salutation && (is_plan(pieces, plan) || heads_table(plan))
        });
        lines::addresses(&first[salutation].text) && is_plan
    };
    if !is_signed && !is_one() {
        return None;
    }
    first[..salutation].iter().position(|piece| {
        let words = &piece.text;
        !lines::is_document_number(words) && !lines::is_footer(words) && lines::is_line(words)
    })
}

/// Takes what stands below the day: what is attached, whom to ask. The index behind it.
fn behind(pieces: &[&Piece], from: usize, letter: &mut Letter, outline: &mut Outline) -> usize {
    let mut at = from;
    while let Some(piece) = pieces.get(at).copied() {
        if let Some((named, behind)) = attachments::read(pieces, at) {
            letter.attachments.extend(named);
            at = behind;
            continue;
        } else if outline.keeps_contacts && lines::is_contact(&piece.text) {
            letter.text.push(piece.clone());
        } else if outline.is_personal(&piece.text)
            || lines::is_footer(&piece.text)
            || lines::is_appendix(&piece.text)
        {
            outline.leftovers.push(piece.clone());
        } else {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the plan begins with this numbered line, and its day stands below it.
fn is_plan(pieces: &[&Piece], at: usize) -> bool {
    let number = |piece: &Piece| {
        let split = numbering::split_paragraph(&piece.text);
        split.map(|(number, _)| (number.style, number.value))
    };
    let Some((style, 1)) = number(pieces[at]) else {
        return false;
    };
    let numbered = |pieces: &[&Piece]| {
        let styles = pieces.iter().filter_map(|piece| number(piece)).map(|(style, _)| style);
        styles.filter(|found| *found == style).count()
    };
    let day = pieces[at..].iter().position(|piece| {
        dates::day(&piece.text).is_some() || dates::signed(&piece.text).is_some()
    });
    let end = day.map_or(pieces.len(), |day| at + day);
    numbered(&pieces[at..end]) >= 2 && numbered(&pieces[end..]) == 0
}

/// Whether the plan begins here, though no day has been read.
fn ends(pieces: &[&Piece], at: usize, letter: &Letter) -> bool {
    let words = &pieces[at].text;
    let is_body = lines::is_plan_title(words) && !letter.text.is_empty();
    let is_numbered = numbering::split_paragraph(words).is_some();
    let mut following = pieces[at..].iter().take(LONGEST);
    (is_body || is_numbered) && !following.any(|piece| dates::day(&piece.text).is_some())
        || lines::is_appendix(words)
}
