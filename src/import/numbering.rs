//! The numbers that headings begin with: 一、 （一） 1. 1、 ① 第一部分.

/// A way to number headings. Two headings are of one level if their styles are the same.
///
/// In the order in which official documents nest them (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// 第一部分, 第一章
    Part,
    /// 一、
    Chinese,
    /// （一）
    BracketedChinese,
    /// 1. 1、 1．
    Arabic,
    /// （1） 1）
    BracketedArabic,
    /// ①
    Circled,
}

/// A heading's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'t> {
    /// How it is written.
    pub style: Style,
    /// What it comes to.
    pub value: usize,
    /// As printed, with its marks: `（一）`, `1.`
    pub printed: &'t str,
}

impl Number<'_> {
    /// As people speak of it: 3 for `3.`, `3、` and `３．`, others as printed.
    pub fn label(&self) -> String {
        match self.style {
            Style::Arabic => self.value.to_string(),
            _ => self.printed.split_whitespace().collect(),
        }
    }
}

/// The largest number that a heading has; a larger one is a year or an amount.
const LARGEST: usize = 199;

/// Splits the number off that a paragraph begins with.
pub fn split(text: &str) -> Option<(Number<'_>, &str)> {
    let (style, value, rest) =
        part(text).or_else(|| bracketed(text)).or_else(|| circled(text)).or_else(|| plain(text))?;
    let printed = text[..text.len() - rest.len()].trim_end();
    let rest = rest.trim_start();
    let is_heading = (1..=LARGEST).contains(&value) && !rest.is_empty();
    is_heading.then_some((Number { style, value, printed }, rest))
}

/// Splits the number off that a paragraph of the text begins with, also before digits: 1.2024年3月召开,
/// 4、5月体检. In a table those may be a date or a time.
pub fn split_paragraph(text: &str) -> Option<(Number<'_>, &str)> {
    split(text).or_else(|| {
        let (value, rest) = arabic(text)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '.' | ',' | '，'))?;
        let behind = &rest[mark.len_utf8()..];
        let count = behind.chars().take_while(|c| digit(*c).is_some()).count();
        let next = behind.chars().nth(count)?;
        let is_text = match mark {
            ',' | '，' => count == 0,
            '、' => true,
            _ => count == 4 && next == '年' || matches!(next, '%' | '％' | '月'),
        };
        let printed = &text[..text.len() - behind.len()];
        (is_text && (1..=LARGEST).contains(&value))
            .then_some((Number { style: Style::Arabic, value, printed }, behind.trim_start()))
    })
}

/// 第一部分　强化政治引领
fn part(text: &str) -> Option<(Style, usize, &str)> {
    let behind = text.strip_prefix('第')?;
    let (value, rest) = chinese(behind).or_else(|| arabic(behind))?;
    let rest = ["部分", "章"].iter().find_map(|word| rest.strip_prefix(word))?;
    Some((Style::Part, value, rest.trim_start_matches(['、', '：', ':', '.', '．'])))
}

/// （一）学习教育, (1) …, 1）…
fn bracketed(text: &str) -> Option<(Style, usize, &str)> {
    let inner = text.strip_prefix(['（', '(', '〔']).unwrap_or(text);
    let is_open = inner.len() < text.len();
    let inner = if is_open { inner.trim_start() } else { inner };
    if let Some((value, rest)) = chinese(inner).filter(|_| is_open) {
        return Some((Style::BracketedChinese, value, closed(rest)?));
    }
    let (value, rest) = arabic(inner)?;
    Some((Style::BracketedArabic, value, closed(rest)?))
}

/// What follows the bracket that closes a number.
fn closed(rest: &str) -> Option<&str> {
    rest.trim_start().strip_prefix(['）', ')', '〕']).map(after_mark)
}

/// Numbers that are one character: ① ⑴ ⒈ ㈠
fn circled(text: &str) -> Option<(Style, usize, &str)> {
    const SERIES: [(char, char, Style); 4] = [
        ('①', '⑳', Style::Circled),
        ('⑴', '⒇', Style::BracketedArabic),
        ('⒈', '⒛', Style::Arabic),
        ('㈠', '㈩', Style::BracketedChinese),
    ];
    let first = text.chars().next()?;
    let (one, _, style) =
        SERIES.into_iter().find(|(one, last, _)| (*one..=*last).contains(&first))?;
    Some((style, first as usize - one as usize + 1, after_mark(&text[first.len_utf8()..])))
}

/// 一、 1. 1、 1．
fn plain(text: &str) -> Option<(Style, usize, &str)> {
    if let Some((value, rest)) = chinese(text) {
        let rest = rest.trim_start().strip_prefix(['、', '．', '.', '，', ',', '：', ':'])?;
        return Some((Style::Chinese, value, rest));
    }
    let (value, rest) = arabic(text)?;
    let after = rest.trim_start().strip_prefix(['、', '．', '.', '。'])?;
    // 3.5 is a number, and 2021.3.29 a date.
    let goes_on = after.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    (!goes_on).then_some((Style::Arabic, value, after))
}

/// A mark that stands behind the bracket as well: （一）、
fn after_mark(rest: &str) -> &str {
    rest.strip_prefix(['、', '.', '．']).unwrap_or(rest)
}

fn arabic(text: &str) -> Option<(usize, &str)> {
    let digit = |c: char| match c {
        '０'..='９' => Some(c as usize - '０' as usize),
        _ => c.to_digit(10).map(|digit| digit as usize),
    };
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let count = digits.chars().count();
    let value = || digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
    (1..=3).contains(&count).then(|| (value(), rest))
}

/// A digit as dates have it: 5, ５, 五; zero as 〇, ○ and 零, too.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' | 'Ｏ' | 'o' | '０' => Some(0),
        '１'..='９' => Some(c as u32 - '０' as u32),
        _ => {
            let chinese = "一二三四五六七八九".chars().position(|digit| digit == c);
            c.to_digit(10).or_else(|| u32::try_from(chinese? + 1).ok())
        }
    }
}

/// A Chinese number up to 九十九, and what follows it.
pub fn chinese(text: &str) -> Option<(usize, &str)> {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| DIGITS.iter().position(|digit| *digit == c).map(|at| at + 1);
    let end = text.find(|c| c != '十' && digit(c).is_none()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let characters: Vec<char> = number.chars().collect();
    let value = match characters.as_slice() {
        ['十'] => 10,
        ['十', one] => 10 + digit(*one)?,
        [ten, '十'] => digit(*ten)? * 10,
        [ten, '十', one] => digit(*ten)? * 10 + digit(*one)?,
        [one] => digit(*one)?,
        _ => return None,
    };
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::{Style, split, split_paragraph};

    #[test]
    fn in_a_text_a_number_may_stand_before_digits() {
        for (text, value, rest) in [
            ("1.2024年3月召开教代会", 1, "2024年3月召开教代会"),
            ("2.100%办结提案", 2, "100%办结提案"),
            ("4、5月体检", 4, "5月体检"),
            ("3,组织春游", 3, "组织春游"),
        ] {
            let (number, left) = split_paragraph(text).unwrap();
            assert_eq!((number.value, left), (value, rest), "{text}");
        }
        for text in ["2021.3.29", "3.5万元", "1,000元"] {
            assert!(split_paragraph(text).is_none(), "{text}");
        }
    }

    #[test]
    fn every_style_in_use_is_read() {
        for (text, style, value, printed, rest) in [
            ("一、强化政治引领", Style::Chinese, 1, "一、", "强化政治引领"),
            ("十二、其他", Style::Chinese, 12, "十二、", "其他"),
            ("（三）学习教育", Style::BracketedChinese, 3, "（三）", "学习教育"),
            ("(二) 学习", Style::BracketedChinese, 2, "(二)", "学习"),
            ("（ 六 ）学习", Style::BracketedChinese, 6, "（ 六 ）", "学习"),
            ("1.深入学习", Style::Arabic, 1, "1.", "深入学习"),
            ("12、深入学习", Style::Arabic, 12, "12、", "深入学习"),
            ("３．深入学习", Style::Arabic, 3, "３．", "深入学习"),
            ("（4）慰问", Style::BracketedArabic, 4, "（4）", "慰问"),
            ("5）慰问", Style::BracketedArabic, 5, "5）", "慰问"),
            ("⑪慰问", Style::Circled, 11, "⑪", "慰问"),
            ("⑵慰问", Style::BracketedArabic, 2, "⑵", "慰问"),
            ("⒊慰问", Style::Arabic, 3, "⒊", "慰问"),
            ("㈣慰问", Style::BracketedChinese, 4, "㈣", "慰问"),
            ("五 、慰问", Style::Chinese, 5, "五 、", "慰问"),
            ("六,慰问", Style::Chinese, 6, "六,", "慰问"),
            ("7 . 慰问", Style::Arabic, 7, "7 .", "慰问"),
            ("第一部分　指导思想", Style::Part, 1, "第一部分", "指导思想"),
            ("第2章 任务", Style::Part, 2, "第2章", "任务"),
        ] {
            let (number, left) = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((number.style, number.value), (style, value), "{text}");
            assert_eq!((number.printed, left), (printed, rest), "{text}");
        }
    }

    #[test]
    fn years_dates_amounts_and_words_are_no_numbers() {
        for text in [
            "2021年工会工作",
            "2021.3.29",
            "3.5万元",
            "一是加强学习",
            "第一次会议",
            "一、",
            "十几项",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
