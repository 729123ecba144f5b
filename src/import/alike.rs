//! How much two titles are alike.

use super::lines::plain;
use std::collections::BTreeSet;

/// How much two titles are alike, from 0 to 1: pairs of neighbouring characters that they share,
/// counted against both (Sørensen and Dice) or, since tables word sections more shortly, against the
/// shorter one alone.
pub fn alike(one: &str, other: &str) -> f64 {
    let (one, other) = (short(&plain(one)), short(&plain(other)));
    if one == other && !one.is_empty() {
        return 1.0;
    }
    if differ_in_order(&one, &other) {
        return 0.0;
    }
    let (first, second) = (pairs(&one), pairs(&other));
    let shared = count(first.intersection(&second).count());
    let shorter = first.len().min(second.len());
    if shorter == 0 {
        return 0.0;
    }
    let against_both = 2.0 * shared / count(first.len() + second.len());
    let against_shorter = if shorter >= 2 { 0.8 * shared / count(shorter) } else { 0.0 };
    against_both.max(against_shorter)
}

/// A title with the assemblies called as everybody calls them: 第三届教职工代表大会第二次会议 is
/// 三届二次教代会.
fn short(plain: &str) -> String {
    const NAMES: [(&str, &str); 4] = [
        ("工会会员代表大会", "工代会"),
        ("教职工代表大会", "教代会"),
        ("职工代表大会", "职代会"),
        ("会员代表大会", "会代会"),
    ];
    let named =
        NAMES.iter().fold(plain.to_owned(), |text, (long, short)| text.replace(long, short));
    let Some((before, behind)) = named.split_once("届") else { return named };
    let Some((assembly, rest)) = behind.split_once("代会第") else { return named };
    let Some((session, rest)) = rest.split_once("次会议") else { return named };
    let before = before.replacen('第', "", 1);
    format!("{before}届{session}次{assembly}代会{rest}")
}

/// Whether two titles count or time differently what they name alike: 第一次 and 第三次, 春季 and 秋季.
fn differ_in_order(one: &str, other: &str) -> bool {
    let marks = |text: &str| -> Vec<char> {
        let characters: Vec<char> = text.chars().collect();
        let ordinal = characters.windows(2).filter(|two| two[0] == '第').map(|two| two[1]);
        let season = characters.windows(2).filter(|two| two[1] == '季').map(|two| two[0]);
        let half = characters.windows(3).filter(|three| three[1] == '半' && three[2] == '年');
        ordinal.chain(season).chain(half.map(|three| three[0])).collect()
    };
    let (one, other) = (marks(one), marks(other));
    !one.is_empty() && !other.is_empty() && one != other
}

fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

fn pairs(text: &str) -> BTreeSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn shorter_wordings_are_known_and_others_are_not() {
        assert!(alike("强化思想引领，凝聚发展共识", "思想引领") >= 0.5);
        assert!(alike("隆重开展庆祝建党100周年系列活动", "庆祝建党100周年系列活动") >= 0.5);
        assert!(alike("提升服务质量，增进职工福祉", "服务职工") >= 0.5);
        assert!(alike("完善民主管理", "加强民主管理") >= 0.5);
        assert!(alike("组织召开第三届教职工代表大会第二次会议", "召开三届二次教代会") >= 0.5);
        assert!(alike("加强师德建设", "加强财务管理") < 0.5);
        assert!(alike("召开第一次会员代表大会", "召开第三次会员代表大会") < 0.5);
        assert!(alike("春季健步走", "秋季健步走") < 0.5);
        assert!(alike("", "") < 0.5);
    }
}
