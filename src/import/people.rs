//! Names of leaders and offices as cells and brackets have them.

use super::{plausible, surnames};
use crate::source::bare_name;
use std::collections::BTreeSet;

/// Between two names.
const BETWEEN: [char; 8] = ['、', '，', ',', '；', ';', '/', '\n', '\t'];

/// Leaders: persons. Blanks within a name only align it; blanks between names that are whole set
/// them apart.
pub fn leaders(text: &str) -> Vec<String> {
    let mut people = Vec::new();
    for part in text.split(BETWEEN) {
        let part = without_number(part);
        // Sarah O'Neil is one person.
        if part.split_whitespace().count() > 1 && part.is_ascii() {
            people.push(part.split_whitespace().collect::<Vec<_>>().join(" "));
            continue;
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        let lengths: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
        if lengths.len() < 2 {
            people.extend(words.first().map(|word| (*word).to_owned()));
        } else if lengths.iter().all(|length| *length > 1) {
            people.extend(words.into_iter().map(str::to_owned));
        } else {
            people.extend(aligned(&words));
        }
    }
    people.retain(|name| !is_nobody(name));
    people
}

/// Names that blanks align, one behind the other: 何 频 周  宁, 何 伟 明. A surname of one character
/// begins each, and the characters of one name come to two or three.
fn aligned(words: &[&str]) -> Vec<String> {
    let single = words.iter().filter(|word| word.chars().count() == 1).count();
    // 张 三 李 四 is two names, 何 伟 明 one.
    if single == words.len() && words.len() >= 4 && words.len().is_multiple_of(2) {
        return words.chunks(2).map(|pair| pair.concat()).collect();
    }
    let mut names: Vec<String> = Vec::new();
    let mut open = String::new();
    for (at, word) in words.iter().enumerate() {
        // 欧阳  达: nobody's name is a single character.
        let is_alone = open.is_empty()
            && word.chars().count() == 1
            && words.get(at + 1).is_none_or(|next| next.chars().count() > 1);
        if let Some(name) = names.last_mut().filter(|_| is_alone) {
            name.push_str(word);
            continue;
        }
        if word.chars().count() > 1 && !open.is_empty() && open.chars().count() >= 2 {
            names.push(std::mem::take(&mut open));
        }
        if word.chars().count() > 1 && open.is_empty() {
            names.push((*word).to_owned());
        } else {
            open.push_str(word);
        }
    }
    if !open.is_empty() {
        names.push(open);
    }
    names
}

/// Offices. A name may hold brackets with marks of their own: 各院（部、处）工会.
pub fn offices(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '（' | '(' | '“' | '《' => depth += 1,
            '）' | ')' | '”' | '》' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && BETWEEN.contains(&c) {
            names.push(std::mem::take(&mut name));
        } else {
            name.push(c);
        }
    }
    names.push(name);
    let mut offices = Vec::new();
    for part in names {
        let words: Vec<&str> = part.split_whitespace().collect();
        // 宣教科 综合科 are two; 宣 教 科 is one, padded; HR Department is one, too.
        if words.len() > 1 && !part.is_ascii() && words.iter().all(|word| word.chars().count() > 1)
        {
            offices.extend(words.into_iter().map(str::to_owned));
        } else if !words.is_empty() {
            offices.push(bare_name(&part));
        }
    }
    offices.retain(|name| !is_nobody(name));
    offices.into_iter().flat_map(parted).collect()
}

/// 教务处及人事处 are two; 党委及行政 may be one.
fn parted(name: String) -> Vec<String> {
    let both = name.split_once('及').filter(|(first, second)| {
        [first, second].iter().all(|office| {
            office.chars().count() > 1
                && plausible::ends_as_office(office)
                && !office.contains(['（', '('])
        })
    });
    match both {
        Some((first, second)) => vec![first.to_owned(), second.to_owned()],
        None => vec![name],
    }
}

/// Leaders and offices that stand in one cell: 组织部 张三, 宣传部（李四）, 文体部、王五.
pub fn both(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut people, mut of_offices) = (Vec::new(), Vec::new());
    for name in offices(&unpadded(&bracketed(text))) {
        match surnames::is_person(&name) {
            true => people.push(name),
            false => of_offices.push(name),
        }
    }
    (people, of_offices)
}

/// Takes out blanks that pad names of two characters, and sets names behind a colon apart.
fn unpadded(text: &str) -> String {
    let mut names = String::new();
    let is_end = |c: char| c.is_whitespace() || BETWEEN.contains(&c);
    let mut was_single = false;
    for word in text.replace(['：', ':'], "、").split_inclusive(is_end) {
        let name = word.trim_end_matches(is_end);
        let is_single = name.chars().count() == 1;
        if is_single && was_single {
            names.truncate(names.trim_end().len());
        }
        was_single = is_single && !word.ends_with(BETWEEN) || name.is_empty() && was_single;
        names.push_str(word);
    }
    names
}

/// Puts persons in brackets behind their office beside it: 宣传部（李四、王五） → 宣传部、李四、王五.
fn bracketed(text: &str) -> String {
    let mut beside = String::new();
    let mut rest = text;
    while let Some(open) = rest.find(['（', '(']) {
        let inner = &rest[open + rest[open..].chars().next().map_or(1, char::len_utf8)..];
        let Some(close) = inner.find(['）', ')']) else { break };
        let behind = &inner[close + inner[close..].chars().next().map_or(1, char::len_utf8)..];
        let people = leaders(&inner[..close]);
        if !people.is_empty() && people.iter().all(|name| surnames::is_person(name)) {
            beside.push_str(&format!("{}、{}、", &rest[..open], people.join("、")));
        } else {
            beside.push_str(&rest[..rest.len() - behind.len()]);
        }
        rest = behind;
    }
    beside.push_str(rest);
    beside
}

/// A name without the telephone number beside it, which is personal data: 张三 13812345678,
/// 李四（0731-8812345）.
fn without_number(part: &str) -> String {
    if part.chars().filter(|c| c.is_numeric()).count() < 6 && !part.contains('@') {
        return part.to_owned();
    }
    let end = part.find(|c: char| c.is_numeric() || c.is_ascii() && c != ' ' && c != '\'');
    let name = end.map_or(part, |end| &part[..end]);
    name.trim_end_matches(['（', '(', '：', ':', ' ', '电', '话']).trim().to_owned()
}

/// Puts names together that were broken over the lines of a cell: 林/巧云, 后勤保/障部. `whole` holds
/// names that stand on one line elsewhere.
pub fn mended(text: &str, whole: &BTreeSet<String>, are_offices: bool) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut mended = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let last = mended.rsplit(BETWEEN).next().unwrap_or_default();
        let (last, first) = (bare_name(last), line.split(BETWEEN).next().unwrap_or_default());
        let both = format!("{last}{}", bare_name(first));
        let is_broken = if are_offices {
            !whole.contains(&last) && !plausible::ends_as_office(&last)
        } else {
            last.chars().count() == 1
                || bare_name(first).chars().count() == 1
                || last.ends_with(['·', '•'])
        };
        let goes_on = whole.contains(&both) || (is_broken && !mended.ends_with(BETWEEN));
        mended.push_str(if goes_on { "" } else { "\n" });
        mended.push_str(line);
    }
    mended
}

/// A dash, or 无: nobody.
fn is_nobody(name: &str) -> bool {
    name.chars().all(|c| "—-－–/／无".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{both, leaders, mended, offices};
    use std::collections::BTreeSet;

    #[test]
    fn names_that_are_broken_over_lines_are_put_together() {
        let whole = BTreeSet::from(["林巧云".to_owned(), "组织部".to_owned()]);
        assert_eq!(mended("林\n巧云", &whole, false), "林巧云");
        assert_eq!(mended("严海峰\n钱玉琴", &whole, false), "严海峰\n钱玉琴");
        assert_eq!(mended("办公室\n组织部", &whole, true), "办公室\n组织部");
        assert_eq!(mended("后勤保\n障部、\n组织部", &whole, true), "后勤保障部、组织部");
    }

    #[test]
    fn leaders_are_told_apart_and_blanks_that_align_them_are_dropped() {
        assert_eq!(leaders("何  频"), ["何频"]);
        assert_eq!(leaders("何  频、刘婕"), ["何频", "刘婕"]);
        assert_eq!(leaders("王德安 何  频"), ["王德安", "何频"]);
        assert_eq!(leaders("何 伟 明"), ["何伟明"]);
        assert_eq!(leaders("欧阳  达"), ["欧阳达"]);
        assert_eq!(leaders("张 三 李 四"), ["张三", "李四"]);
        assert_eq!(leaders("刘婕\n何频"), ["刘婕", "何频"]);
        assert_eq!(leaders("张三 13812345678、李四（0731-8812345）"), ["张三", "李四"]);
        assert_eq!(leaders("Sarah O'Neil"), ["Sarah O'Neil"]);
        assert_eq!(leaders("——"), Vec::<String>::new());
    }

    #[test]
    fn leaders_and_offices_of_one_cell_are_told_apart() {
        let told = |text: &str| {
            let (people, offices) = both(text);
            format!("{}|{}", people.join(" "), offices.join(" "))
        };
        assert_eq!(told("组织部 张三"), "张三|组织部");
        assert_eq!(told("宣传部（李四、王五）"), "李四 王五|宣传部");
        assert_eq!(told("办公室：张  三\n文体部、赵六"), "张三 赵六|办公室 文体部");
        assert_eq!(told("各院（部、处）工会"), "|各院（部、处）工会");
        assert_eq!(told("钱七"), "钱七|");
    }

    #[test]
    fn offices_are_told_apart_but_not_within_brackets() {
        assert_eq!(offices("宣教科\n综合科"), ["宣教科", "综合科"]);
        assert_eq!(offices("宣教科 综合科"), ["宣教科", "综合科"]);
        assert_eq!(offices("教务处及人事处"), ["教务处", "人事处"]);
        assert_eq!(offices("科技及产业处"), ["科技及产业处"]);
        assert_eq!(offices("各院（部、处）工会、办公室"), ["各院（部、处）工会", "办公室"]);
    }
}
