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
    let ends = plain.ends_with("通知") || plain.ends_with("通告");
    ends && plain.contains("关于") && plain.chars().count() <= 120
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
    let plain = plain(text);
    // 湖南科技大学工会2021年工作推进台账; a line that ends as a date does is signed.
    let is_dated = year(text).is_some()
        && ["工会", "工作", "任务", "活动"].iter().any(|word| plain.contains(word))
        && !plain.ends_with(['日', '月', '号', '会']);
    is_line(text)
        && !text.ends_with('，')
        && (is_plan_title(text) || plain.ends_with(['表', '历', '单', '划', '账']) || is_dated)
}

/// 湖南科技大学工会: a line that is the name of who issues.
pub fn is_issuer(text: &str) -> bool {
    const ENDINGS: [&str; 10] =
        ["工会", "工會", "委员会", "大学", "学院", "学校", "医院", "中学", "小学", "公司"];
    let plain = plain(text);
    !plain.contains('>') && ENDINGS.iter().any(|ending| plain.ends_with(ending))
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

/// Whether a salutation names those whom it is for, and no text that follows: 各分工会：, but not
/// 总体要求：.
pub fn addresses(text: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["会", "组", "员", "位", "工", "志", "门", "院", "校", "区", "部", "室", "处", "系"];
    let plain = plain(text);
    let bare = plain.trim_end_matches(':').trim_end_matches(')');
    plain.starts_with(['各', '全']) || ENDINGS.iter().any(|ending| bare.ends_with(ending))
}

/// 附件1: what follows is attached.
pub fn is_appendix(text: &str) -> bool {
    let plain = plain(text);
    let rest = plain.strip_prefix("附件").or_else(|| plain.strip_prefix("附表"));
    rest.map(|rest| rest.trim_end_matches(':'))
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || "一二三四五".contains(c)))
}

/// 附件： alone: what follows is the list of what is attached.
pub fn lists_attachments(text: &str) -> bool {
    plain(text) == "附件:"
}

/// 附件：湖南科技大学工会2021年主要工作安排表 → what is attached, without a number.
pub fn attachment(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"))?;
    let rest = rest.trim_start_matches(|c: char| c.is_numeric());
    let named = rest.trim_start().strip_prefix(['：', ':'])?.trim();
    let named = numbered_attachment(named).unwrap_or(named);
    (!named.is_empty()).then_some(named)
}

/// 2.湖南科技大学工会工作要点 → what is attached; of 1.2025年工会工作要点, too, which looks like a
/// decimal.
pub fn numbered_attachment(text: &str) -> Option<&str> {
    let dated = || {
        let (number, rest) = text.split_once(['.', '．'])?;
        let is_number =
            (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
        let is_year = rest.chars().take(4).filter(char::is_ascii_digit).count() == 4
            && rest.chars().nth(4) == Some('年');
        (is_number && is_year).then_some(rest)
    };
    numbering::split(text).map(|(_, named)| named).or_else(dated)
}

/// 抄送：…, 校工会办公室　2021年3月4日印发, 共印30份, （此件主动公开）, 制表单位：…
pub fn is_footer(text: &str) -> bool {
    const BEGINNINGS: [&str; 33] = [
        "抄送",
        "抄报",
        "主送:",
        "分送",
        "发:",
        "共印",
        "(共印",
        "(此件",
        "主题词",
        "制表",
        "印发:",
        "填表",
        "审核:",
        "编辑:",
        "责编:",
        "责任编辑",
        "来源:",
        "作者:",
        "点击",
        "浏览",
        "阅读:",
        "发布时间",
        "发布日期",
        "发布人",
        "发布者",
        "上一篇",
        "下一篇",
        "打印本页",
        "关闭窗口",
        "【打印",
        "(征求意见",
        "(讨论稿",
        "版权所有",
    ];
    let plain = plain(text);
    let bare = plain.trim_end_matches(')');
    let is_issued = bare.ends_with("印发") && plain.chars().any(|c| c.is_ascii_digit());
    BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning))
        || is_page_number(&plain)
        || is_issued
        || (plain.contains("印发") && bare.ends_with('份') && plain.contains("共印"))
}

/// -1-, 第2页共3页
fn is_page_number(plain: &str) -> bool {
    let bare: String = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
    let digits = plain.chars().count() - bare.chars().count();
    (1..=6).contains(&digits)
        && (bare == "--" || bare == "第页" || bare == "第页共页" || bare == "第页,共页")
}

/// 三月份：, 3月: what heads the work of a month; its value, and what follows the colon.
pub fn month_heading(text: &str) -> Option<(usize, &str)> {
    let text = text.trim();
    // 三  月 is padded to align.
    let is_padded = text.contains(char::is_whitespace) && text.chars().count() <= 6;
    if is_padded && !text.ends_with(['：', ':']) {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        return month_heading(&bare).map(|(value, _)| (value, ""));
    }
    let (value, rest) = match numbering::chinese(text) {
        Some(found) => found,
        None => {
            let end = text.find(|c| numbering::digit(c).is_none())?;
            let digits = text[..end].chars().filter_map(numbering::digit).take(3);
            (digits.fold(0, |value, digit| value * 10 + digit as usize), &text[end..])
        }
    };
    let rest = rest.strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest).trim_start();
    let behind = if rest.is_empty() { rest } else { rest.strip_prefix(['：', ':'])?.trim() };
    (1..=12).contains(&value).then_some((value, behind))
}

/// 注：…, 说明：… below a table.
pub fn is_note(text: &str) -> bool {
    const BEGINNINGS: [&str; 13] = [
        "注:",
        "注1",
        "备注:",
        "附注",
        "说明:",
        "填表说明",
        "联系人",
        "(注",
        "※",
        "*",
        "合计",
        "总计",
        "小计",
    ];
    let plain = plain(text);
    BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning))
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
    if text.chars().nth(LONGEST_LINE).is_some() {
        return None;
    }
    let plain = plain(text);
    let bare = plain.trim_start_matches('(').trim_end_matches(')');
    let parts: Vec<&str> = bare.split(['-', '.', '/']).collect();
    let (year, month, day) = match parts.as_slice() {
        // 2024-01-08, 2024.1.8
        [year, month, day] => (*year, *month, *day),
        _ => {
            let (year, rest) = bare.split_once('年')?;
            let (month, rest) = rest.split_once('月')?;
            let (day, rest) = rest.split_once(['日', '号'])?;
            if !rest.is_empty() {
                return None;
            }
            (year, month, day)
        }
    };
    if year.chars().count() != 4 {
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

/// Who signs and the day, on one line: 测试大学工会　2024年1月8日.
pub fn signed(text: &str) -> Option<(&str, NaiveDate)> {
    let text = text.trim();
    if text.chars().nth(LONGEST_LINE + 40).is_some() {
        return None;
    }
    let starts = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    starts.into_iter().find_map(|at| {
        let (name, rest) = text.split_at(at);
        let begins = rest.starts_with(|c| numbering::digit(c).is_some());
        let parted = name.ends_with([' ', '\u{3000}', '会', '室', '部', '：', ':']);
        let day = day(rest).filter(|_| begins && parted)?;
        let name = name.trim_end_matches(['：', ':', ' ', '\u{3000}']);
        (is_line(name) && !name.is_empty()).then_some((name, day))
    })
}

/// The two years of a school year: 2023-2024学年.
pub fn school_year(title: &str) -> Option<(i32, i32)> {
    let plain = plain(title);
    let (before, _) = plain.split_once("学年")?;
    let years: Vec<&str> = before.rsplit(|c: char| !c.is_ascii_digit()).collect();
    let mut years = years.into_iter().filter(|digits| !digits.is_empty());
    let second: i32 = years.next()?.parse().ok()?;
    let first: i32 = years.next()?.parse().ok()?;
    let second = if second < 100 { first / 100 * 100 + second } else { second };
    (second == first + 1).then_some((first, second))
}

/// A month instead of a day below a signature: 2024年1月.
pub fn is_month(text: &str) -> bool {
    let plain = plain(text);
    year(text).is_some() && plain.ends_with('月') && plain.chars().count() <= 9
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
    use super::{
        attachment, day, is_contact, is_document_number, is_footer, month_heading, school_year,
        signed, year,
    };

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
        assert_eq!(day("2024-01-08").map(|day| day.to_string()).as_deref(), Some("2024-01-08"));
        assert_eq!(day("2024.1.8").map(|day| day.to_string()).as_deref(), Some("2024-01-08"));
        assert_eq!(day("2021年3月29日印发"), None);
        assert!(!is_footer("2024-01-08") && is_footer("- 12 -"));
        assert_eq!(day("2021年2月30日"), None);
    }

    #[test]
    fn months_that_head_their_work_are_known() {
        assert_eq!(month_heading("三月份："), Some((3, "")));
        assert_eq!(month_heading("３月"), Some((3, "")));
        assert_eq!(month_heading("十  月"), Some((10, "")));
        assert_eq!(month_heading("十二月份：年度考核"), Some((12, "年度考核")));
        assert_eq!(month_heading("3月召开教代会"), None);
        assert_eq!(month_heading("3月8日：妇女节"), None);
    }

    #[test]
    fn signatures_may_stand_on_one_line_with_their_day() {
        let (name, day) = signed("测试大学工会　2024年1月8日").unwrap();
        assert_eq!((name, day.to_string().as_str()), ("测试大学工会", "2024-01-08"));
        assert_eq!(signed("定于2024年1月8日"), None);
        // A long line is no signature, and is not looked at from each of its characters.
        assert_eq!(signed(&"会1".repeat(1_000_000)), None);
        assert_eq!(school_year("2023-2024学年工会工作计划"), Some((2023, 2024)));
        assert_eq!(school_year("2023—24学年"), Some((2023, 2024)));
        assert_eq!(school_year("2024年工作计划"), None);
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
        assert_eq!(attachment("附件：1.2025年工会工作要点"), Some("2025年工会工作要点"));
        assert_eq!(attachment("附件1"), None);
    }

    #[test]
    fn feet_contacts_and_years_are_known() {
        assert!(is_footer("抄送：校领导。"));
        assert!(is_footer("校工会办公室　2021年3月4日印发　共印30份"));
        assert!(is_footer("县工会办公室　2019年3月5日印发　（共印60份）"));
        assert!(!is_footer("现将要点印发给你们。"));
        assert!(is_contact("联系人：孙丽　电话：8605 1127"));
        assert!(!is_contact("开通24小时心理热线电话"));
        assert_eq!(year("闽海水产学院工会二〇二四年工作历"), Some(2024));
        assert_eq!(year("工会工作要点"), None);
    }
}
