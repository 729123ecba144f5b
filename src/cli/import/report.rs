//! What `unionplan import` says of a notice.

use crate::diagnostic::{Language, Words};
use crate::import::document::Spot;
use crate::import::draft::{Kind, Note};
use crate::import::{self, Draft};
use crate::words;

/// Says what was read, guessed, found to differ, and left over. `conclusion` says what was written.
pub fn report(
    source: &str,
    draft: &Draft,
    remarks: &[Words],
    conclusion: &Words,
    language: Language,
) -> String {
    let mut text = counted(draft, source).get(language).to_owned();
    for remark in remarks {
        text += &format!("  {}\n", remark.get(language));
    }
    text += conclusion.get(language);
    let of = |kind: fn(&Kind) -> bool| -> Vec<&Note> {
        draft.notes.iter().filter(|note| kind(&note.kind)).collect()
    };
    for (notes, title) in [
        (
            of(|kind| matches!(kind, Kind::Guess(_))),
            words!(
                "拿不准的，文件里标了“请核对”",
                "Guessed, and marked “please check” in the file"
            ),
        ),
        (
            of(|kind| *kind == Kind::Difference),
            words!("通知里前后不一致的", "Said in two ways by the notice"),
        ),
        (
            of(|kind| *kind == Kind::Missing),
            words!("通知里缺少或写错的", "Left out or mistaken by the notice"),
        ),
    ] {
        text += &listed(
            &title,
            notes.iter().map(|note| (note.places.as_slice(), &note.words)),
            language,
        );
    }
    let leftovers: Vec<(Vec<_>, Words)> = draft
        .leftovers
        .iter()
        .map(|piece| {
            let said = piece.joined();
            (vec![piece.place], words!("{said}", "{said}"))
        })
        .collect();
    let title = words!("没有放进计划的文字", "Text that is not in the plan");
    text += &listed(
        &title,
        leftovers.iter().map(|(places, words)| (places.as_slice(), words)),
        language,
    );
    if draft.leftovers.iter().any(|piece| import::is_contact(&piece.text)) {
        let words = words!(
            "  电话和邮箱是个人信息，没有放进网站；一定要公开的，加上 --contacts 再导入一次\n",
            "  numbers and addresses are personal data and are not published, unless you add --contacts\n"
        );
        text += words.get(language);
    }
    text
}

/// What was read, in numbers.
fn counted(draft: &Draft, source: &str) -> Words {
    let title = &draft.title;
    let activities: usize = draft.all_tasks().map(|task| task.activities.len()).sum();
    let counts = [
        (draft.sections.len(), "个部分", "sections"),
        (draft.items().count(), "条要点", "items"),
        (draft.all_tasks().count(), "项任务", "tasks"),
        (activities, "个活动", "activities"),
    ];
    let mut parts = (Vec::new(), Vec::new());
    if draft.letter.is_some() {
        parts.0.push("通知正文".to_owned());
        parts.1.push("the letter".to_owned());
    }
    for (count, zh, en) in counts.into_iter().filter(|(count, ..)| *count > 0) {
        parts.0.push(format!("{count}{zh}"));
        parts.1.push(format!("{count} {en}"));
    }
    let (zh, en) = (parts.0.join("、"), parts.1.join(", "));
    words!("读了“{source}”：{title}\n  {zh}\n", "Read “{source}”: {title}\n  {en}\n")
}

/// A list with a heading; nothing if there is nothing to list.
fn listed<'n>(
    title: &Words,
    entries: impl Iterator<Item = (&'n [Spot], &'n Words)>,
    language: Language,
) -> String {
    let mut lines = String::new();
    let mut count = 0;
    for (places, words) in entries {
        count += 1;
        let places: Vec<String> =
            places.iter().map(|place| place.words().get(language).to_owned()).collect();
        let (mark, colon) = match language {
            Language::Chinese => ("、", "："),
            Language::English => (" and ", ": "),
        };
        lines += &format!("  {}{colon}{}\n", places.join(mark), words.get(language));
    }
    if count == 0 {
        return String::new();
    }
    let Words { zh, en } = title;
    let head = words!("{zh}（{count}处）：\n", "{en} ({count}):\n");
    head.get(language).to_owned() + &lines
}
