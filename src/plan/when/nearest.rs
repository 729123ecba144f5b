//! The readable phrase most like an unreadable one.

use super::fold::{fold, fold_char};
use super::number::{Number, split_chinese};

/// Phrases of every kind, `#` standing for a number.
const SAMPLES: &str = "
    #月份 #月 #-#月 #月#日 #月#日前 #月上旬 #月中旬 #月下旬 #月初 #月底 #月底前 #月起
    #年#月 #年#月#日 全年 长期 常态化 常年 贯穿全年 适时 择机 待定 另行通知 视情况
    上半年 下半年 第#季度 #季度 每月 每季度 每学期 每年 每周 年底 年底前 年初
    寒假 暑假 上学期 下学期 第#学期 春季学期 秋季学期
";

/// The letters beyond which a text is too long to be a slip of some phrase.
const LONGEST: usize = 40;

/// Returns the phrase most like `text`, if one that `reads` is like it at all.
///
/// The repairs that keep most of the wording are tried first.
pub(super) fn nearest(text: &str, folded: &str, reads: impl Fn(&str) -> bool) -> Option<String> {
    if folded.chars().count() > LONGEST {
        return None;
    }
    let readable = |phrase: &String| reads(phrase);
    finished(folded)
        .filter(readable)
        .or_else(|| parted(text).filter(readable))
        .or_else(|| with_unit(folded).find(readable))
        .or_else(|| dotted(folded).filter(readable))
        .or_else(|| respelt(folded).find(readable))
        .or_else(|| beginning(folded).find(readable))
        .map(|phrase| phrase.replace(',', "、"))
}

/// Takes off the joining words that nothing follows: `3月、`, `3月至`.
fn finished(folded: &str) -> Option<String> {
    let kept = folded.trim_end_matches([',', '-', '至']);
    (kept != folded).then(|| kept.to_owned())
}

/// Joins with commas what blanks keep apart: `3月 5月`.
fn parted(text: &str) -> Option<String> {
    let blank = |letter: char| fold_char(letter) == ' ';
    let parts: Vec<&str> = text.split(blank).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then(|| fold(&parts.join(",")))
}

/// Adds the unit a last number lacks: `3-5`, `5月10`.
fn with_unit(folded: &str) -> impl Iterator<Item = String> {
    let bare = folded.ends_with(|c: char| c.is_ascii_digit());
    ["月", "日"].into_iter().filter(move |_| bare).map(move |unit| format!("{folded}{unit}"))
}

/// Words dates of the kind `5.14` and `5/14`.
fn dotted(folded: &str) -> Option<String> {
    let mut worded = String::new();
    let mut rest = folded;
    let mut day = false;
    while let Some(letter) = rest.chars().next() {
        if let Some((number, after)) = Number::read(rest) {
            worded.push_str(number.text);
            if day {
                worded.push('日');
            }
            (day, rest) = (false, after);
        } else {
            day = ['.', '/'].contains(&letter);
            worded.push(if day { '月' } else { letter });
            rest = &rest[letter.len_utf8()..];
        }
    }
    (worded != folded).then_some(worded)
}

/// Walks through the samples that the phrase begins or that are a few slips away, the
/// nearest first, with the numbers of the phrase put in.
fn respelt(folded: &str) -> impl Iterator<Item = String> {
    let (masked, numbers) = mask(folded);
    let letters = masked.iter().filter(|&&letter| letter != '#').count();
    let begins = |sample: &str| sample.chars().take(masked.len()).eq(masked.iter().copied());
    let mut near: Vec<(usize, &str)> = SAMPLES
        .split_whitespace()
        .filter(|sample| sample.matches('#').count() == numbers.len())
        .map(|sample| (slips(&masked, sample), sample))
        .filter(|&(slips, sample)| slips * 2 <= letters || (letters > 1 && begins(sample)))
        .collect();
    near.sort_by_key(|&(slips, _)| slips);
    near.into_iter().map(move |(_, sample)| {
        numbers.iter().fold(sample.to_owned(), |phrase, number| phrase.replacen('#', number, 1))
    })
}

/// Puts `#` for each number of a phrase, and returns the numbers beside it.
fn mask(folded: &str) -> (Vec<char>, Vec<&str>) {
    let (mut masked, mut numbers) = (Vec::new(), Vec::new());
    let mut rest = folded;
    while let Some(letter) = rest.chars().next() {
        if let Some((number, after)) = Number::read(rest) {
            masked.push('#');
            numbers.push(number.text);
            rest = after;
            continue;
        }
        // Numerals that are no number, such as 三八, are letters like any other.
        let (numerals, after) = split_chinese(rest);
        if numerals.is_empty() {
            masked.push(letter);
            rest = &rest[letter.len_utf8()..];
        } else {
            masked.extend(numerals.chars());
            rest = after;
        }
    }
    (masked, numbers)
}

/// Counts the letters to put in, take out or change to make one text the other.
fn slips(one: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, &letter) in one.iter().enumerate() {
        let mut diagonal = at;
        row[0] = at + 1;
        for (to, wanted) in other.chars().enumerate() {
            let changed = diagonal + usize::from(letter != wanted);
            diagonal = row[to + 1];
            row[to + 1] = changed.min(diagonal + 1).min(row[to] + 1);
        }
    }
    row.pop().unwrap_or_default()
}

/// Walks through the beginnings of a phrase that break no number, the longest first:
/// of `3月8日妇女节` down to `3月8日`.
fn beginning(folded: &str) -> impl Iterator<Item = String> {
    let number = |c: char| c.is_ascii_digit();
    folded
        .char_indices()
        .rev()
        .map(|(at, _)| folded.split_at(at))
        .filter(move |(kept, cut)| !(kept.ends_with(number) && cut.starts_with(number)))
        .map(|(kept, _)| kept.to_owned())
}
