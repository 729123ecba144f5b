//! A heading that runs into its text: where it ends.

/// The longest heading that runs into its text, in characters; a longer first sentence of several is
/// text without a heading of its own, and is taken as one all the same.
const LONGEST_HEADING: usize = 60;

/// Splits a heading from the text that it runs into: what is bold, else the first sentence.
pub fn run_in(text: &str, bold: Option<usize>) -> (&str, Option<&str>) {
    let text = text.trim();
    let cut = |at: usize| {
        let (title, rest) = text.split_at(at);
        let rest = rest.trim_start_matches(['。', '：', ':', ' ', '\u{3000}']).trim();
        (title.trim_end_matches(['。', '：', ':']).trim(), (!rest.is_empty()).then_some(rest))
    };
    let count = text.chars().count();
    if let Some(bold) = bold.filter(|bold| *bold < count && *bold <= LONGEST_HEADING) {
        let at = text.char_indices().nth(bold).map_or(text.len(), |(at, _)| at);
        // A stop that is not bold itself belongs to the heading.
        let ends =
            text[..at].ends_with('。') || text[at..].starts_with(['。', '：', ' ', '\u{3000}']);
        if ends {
            return cut(at);
        }
    }
    let stop = text.find('。');
    let blank = ["\u{3000}\u{3000}", "    "].iter().filter_map(|blank| text.find(blank)).min();
    match (stop, blank) {
        (Some(stop), Some(blank)) if blank < stop && blank > 0 => cut(blank),
        (Some(stop), _) => cut(stop + '。'.len_utf8()),
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::run_in;

    #[test]
    fn a_heading_ends_where_its_bold_type_or_its_sentence_does() {
        assert_eq!(
            run_in("完善民主管理。要进一步完善。", None),
            ("完善民主管理", Some("要进一步完善。"))
        );
        assert_eq!(run_in("召开“双代会”。", None), ("召开“双代会”", None));
        assert_eq!(run_in("完善民主管理", None), ("完善民主管理", None));
        assert_eq!(
            run_in("完善管理：要做好。再做。", Some(4)),
            ("完善管理", Some("要做好。再做。"))
        );
        assert_eq!(
            run_in("完善管理　　要做好。再做。", None),
            ("完善管理", Some("要做好。再做。"))
        );
    }
}
