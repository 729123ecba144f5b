//! What a line of a notice is, by the look of it alone.

use super::dates;
use crate::search::fold::fold;

/// The longest line that may be a title or name, in characters.
pub const LONGEST_LINE: usize = 60;

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
    let is_dated = dates::year(text).is_some()
        && ["工会", "工作", "任务", "活动"].iter().any(|word| plain.contains(word))
        && !plain.ends_with(['日', '月', '号', '会']);
    is_line(text)
        && !text.ends_with('，')
        && (is_plan_title(text) || plain.ends_with(['表', '历', '单', '划', '账']) || is_dated)
}

/// （第十四届理事会第六次会议通过）: who adopted a plan, below its title.
pub fn is_adopted(text: &str) -> bool {
    let plain = plain(text);
    plain.starts_with('(') && plain.ends_with("通过)") && plain.chars().count() <= LONGEST_LINE
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

/// 抄送：…, 首页 > 通知 > 正文, 校工会办公室　2021年3月4日印发, 共印30份, （此件主动公开）, 制表单位：…
pub fn is_footer(text: &str) -> bool {
    const BEGINNINGS: [&str; 35] = [
        "校对:",
        "填报",
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
        || plain.matches('>').count() > 1
        || is_published(&plain)
        || is_issued
        || (plain.contains("印发") && bare.ends_with('份') && plain.contains("共印"))
}

/// 校工会 2019-02-28 17:35: when a page was published, and by whom.
fn is_published(plain: &str) -> bool {
    let characters: Vec<char> = plain.chars().collect();
    let is_minute = |at: &usize| {
        let around = [at.wrapping_sub(2), at.wrapping_sub(1), at + 1, at + 2];
        characters[*at] == ':'
            && around.iter().all(|at| characters.get(*at).is_some_and(char::is_ascii_digit))
    };
    characters.len() <= 40
        && plain.matches('-').count() == 2
        && (0..characters.len()).any(|at| is_minute(&at))
}

/// -1-, 第2页共3页
fn is_page_number(plain: &str) -> bool {
    let bare: String = plain.chars().filter(|c| !c.is_ascii_digit()).collect();
    let digits = plain.chars().count() - bare.chars().count();
    (1..=6).contains(&digits)
        && (bare == "--" || bare == "第页" || bare == "第页共页" || bare == "第页,共页")
}

/// 注：…, 说明：… below a table.
pub fn is_note(text: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "温馨提示",
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

#[cfg(test)]
mod tests {
    use super::{dates, is_contact, is_document_number, is_footer};

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
    fn feet_contacts_and_years_are_known() {
        assert!(is_footer("抄送：校领导。"));
        assert!(is_footer("校工会办公室　2021年3月4日印发　共印30份"));
        assert!(is_footer("县工会办公室　2019年3月5日印发　（共印60份）"));
        assert!(!is_footer("现将要点印发给你们。"));
        assert!(is_contact("联系人：孙丽　电话：8605 1127"));
        assert!(!is_contact("开通24小时心理热线电话"));
        assert_eq!(dates::year("闽海水产学院工会二〇二四年工作历"), Some(2024));
        assert_eq!(dates::year("工会工作要点"), None);
    }
}
