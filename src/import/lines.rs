//! What a line of a notice is, by the look of it alone.

use super::numbering;
use crate::search::fold::fold;
use chrono::NaiveDate;

/// The longest line that may be a title or name, in characters.
const LONGEST_LINE: usize = 60;

/// A text in one spelling: simplified, half-width, without blanks.
pub fn plain(text: &str) -> String {
    let folded: Vec<u16> = fold(text).collect();
    String::from_utf16_lossy(&folded).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A line that is no sentence.
pub fn is_line(text: &str) -> bool {
    text.chars().count() <= LONGEST_LINE && !text.contains(['。', '；', '：'])
}

/// 关于印发《…》的通知
pub fn is_notice_title(text: &str) -> bool {
    let plain = plain(text);
    plain.ends_with("通知") && plain.contains("关于") && plain.chars().count() <= 120
}

/// 湖南科技大学2021年工会工作要点
pub fn is_plan_title(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "要点",
        "计划",
        "安排",
        "工作历",
        "行事历",
        "方案",
        "安排表",
        "责任清单",
        "任务清单",
        "清单",
        "一览表",
        "分解表",
        "任务表",
        "日程",
        "日程表",
        "思路",
    ];
    let plain = plain(text);
    is_line(text) && WORDS.iter().any(|word| plain.ends_with(word))
}

/// 湖南科技大学工会2021年主要工作安排表
pub fn is_table_title(text: &str) -> bool {
    is_line(text)
        && !text.ends_with('，')
        && (is_plan_title(text) || plain(text).ends_with(['表', '历', '单', '划']))
}

/// 科大工〔2021〕3号
pub fn is_document_number(text: &str) -> bool {
    let plain = plain(text);
    let Some(open) = plain.find(['〔', '[', '【', '(']) else {
        return false;
    };
    let rest: Vec<char> = plain[open..].chars().skip(1).collect();
    let [year @ .., _, _] = rest.get(..6).unwrap_or_default() else {
        return false;
    };
    year.iter().all(char::is_ascii_digit)
        && matches!(rest[4], '〕' | ']' | '】' | ')')
        && plain.ends_with('号')
        && plain.chars().count() <= 40
}

/// 各分工会：
pub fn is_salutation(text: &str) -> bool {
    text.ends_with(['：', ':']) && text.chars().count() <= LONGEST_LINE && !text.contains('。')
}

/// 附件1: what follows is attached.
pub fn is_appendix(text: &str) -> bool {
    let plain = plain(text);
    let rest = plain.strip_prefix("附件").or_else(|| plain.strip_prefix("附表"));
    rest.map(|rest| rest.trim_end_matches(':'))
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || "一二三四五".contains(c)))
}

/// 附件：湖南科技大学工会2021年主要工作安排表 → what is attached, without a number.
pub fn attachment(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"))?;
    let rest = rest.trim_start_matches(|c: char| c.is_numeric());
    let named = rest.trim_start().strip_prefix(['：', ':'])?.trim();
    let named = numbering::split(named).map_or(named, |(_, named)| named);
    (!named.is_empty()).then_some(named)
}

/// 抄送：…, 校工会办公室　2021年3月4日印发, 共印30份, （此件主动公开）, 制表单位：…
pub fn is_footer(text: &str) -> bool {
    const BEGINNINGS: [&str; 10] =
        ["抄送", "抄报", "主送:", "分送", "共印", "(共印", "(此件", "主题词", "制表", "印发:"];
    let plain = plain(text);
    let is_issued = plain.ends_with("印发") && plain.chars().any(|c| c.is_ascii_digit());
    BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning))
        || is_issued
        || (plain.contains("印发共印") && plain.ends_with('份'))
}

/// 注：…, 说明：… below a table.
pub fn is_note(text: &str) -> bool {
    let plain = plain(text);
    ["注:", "注1", "备注:", "说明:", "填表说明", "联系人", "(注", "※", "*"]
        .iter()
        .any(|beginning| plain.starts_with(beginning))
}

/// Whether somebody's number or address stands in a text: personal data, which is not published.
pub fn is_contact(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["联系人", "联系电话", "电话", "手机", "邮箱", "传真", "e-mail", "email"];
    let plain = plain(text);
    let digits = plain.chars().filter(char::is_ascii_digit).count();
    let has_number = digits >= 7 || plain.contains('@');
    has_number && (plain.contains('@') || WORDS.iter().any(|word| plain.contains(word)))
        || plain.starts_with("联系人")
}

/// A day on a line of its own, perhaps in brackets: 2021年3月29日, 二〇二四年三月五日.
pub fn day(text: &str) -> Option<NaiveDate> {
    let plain = plain(text);
    let bare = plain.trim_start_matches('(').trim_end_matches(')');
    let (year, rest) = bare.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, rest) = rest.split_once(['日', '号'])?;
    if !rest.is_empty() || year.chars().count() != 4 {
        return None;
    }
    let year = year
        .chars()
        .try_fold(0, |value, c| Some(value * 10 + i32::try_from(numbering::digit(c)?).ok()?))?;
    let number = |text: &str| -> Option<u32> {
        let chinese = || numbering::chinese(text).filter(|(_, rest)| rest.is_empty());
        text.parse().ok().or_else(|| u32::try_from(chinese()?.0).ok())
    };
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?)
}

/// A year in a title, in digits or in words: 二〇二四年.
pub fn year(title: &str) -> Option<i32> {
    let plain = plain(title);
    let characters: Vec<char> = plain.chars().collect();
    characters.windows(5).find_map(|window| {
        let [digits @ .., '年'] = window else { return None };
        let value = digits.iter().try_fold(0, |value, c| {
            Some(value * 10 + i32::try_from(numbering::digit(*c)?).ok()?)
        })?;
        (1949..2200).contains(&value).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::{attachment, day, is_contact, is_document_number, is_footer, year};

    #[test]
    fn days_are_read_in_digits_and_in_words() {
        for text in [
            "2021年3月29日",
            "二〇二一年三月二十九日",
            "二○二一年三月二十九日",
            " 2021 年 3 月 29 日 ",
            "（2021年3月29日）",
            "２０２１年３月２９日",
        ] {
            let day = day(text).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2021-03-29"), "{text}");
        }
        assert_eq!(day("2021年3月29日印发"), None);
        assert_eq!(day("2021年2月30日"), None);
    }

    #[test]
    fn numbers_of_documents_have_any_brackets() {
        for text in
            ["科大工〔2021〕3号", "北医工发[2020]2号", "东海工字（2024）3号", "校工【2024】12号"]
        {
            assert!(is_document_number(text), "{text}");
        }
        assert!(!is_document_number("四届二次（2021年）会议"));
    }

    #[test]
    fn what_is_attached_is_named_without_its_number() {
        assert_eq!(attachment("附件：安排表"), Some("安排表"));
        assert_eq!(attachment("附件1：安排表"), Some("安排表"));
        assert_eq!(attachment("附件：1.安排表"), Some("安排表"));
        assert_eq!(attachment("附件1"), None);
    }

    #[test]
    fn feet_contacts_and_years_are_known() {
        assert!(is_footer("抄送：校领导。"));
        assert!(is_footer("校工会办公室　2021年3月4日印发　共印30份"));
        assert!(!is_footer("现将要点印发给你们。"));
        assert!(is_contact("联系人：孙丽　电话：8605 1127"));
        assert!(!is_contact("开通24小时心理热线电话"));
        assert_eq!(year("闽海水产学院工会二〇二四年工作历"), Some(2024));
        assert_eq!(year("工会工作要点"), None);
    }
}
