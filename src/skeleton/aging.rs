//! What in a text belongs to one year: years that move on with the plan, and words that are likely
//! out of date in another year.

/// A text of another year, moved on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Aged {
    /// The text, with the plan's year and its neighbours replaced.
    pub text: String,
    /// What was replaced, and by what: 2021年, 2022年.
    pub moved: Vec<(String, String)>,
    /// What was kept and is likely of the old year: 100周年, 四届二次, 十四五.
    pub doubtful: Vec<String>,
}

/// From the year that a plan was for to the year that it is wanted for.
#[derive(Debug, Clone, Copy)]
pub struct Move {
    /// The plan's year.
    pub from: i32,
    /// The year that it is wanted for.
    pub to: i32,
}

/// A year as it stands in a text.
struct Year {
    start: usize,
    value: i32,
    digits: Digits,
}

/// How a year is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Digits {
    Half,
    Full,
    Han,
}

/// How many years away a year may be to be doubted: of 1921 in 2021 it is clear what is meant.
const NEAR: i32 = 10;

impl Move {
    /// Moves a text on. Years next to the plan's move with it (2021—2022学年); others that are near
    /// are doubted.
    pub fn text(self, text: &str) -> Aged {
        let mut chars: Vec<char> = text.chars().collect();
        let mut aged = Aged::default();
        for range in ranges(&chars) {
            let moves = range.iter().all(|year| (year.value - self.from).abs() <= 1);
            for year in &range {
                let old = shown(&chars, year);
                if moves {
                    year.replace(&mut chars, year.value + self.to - self.from);
                    push(&mut aged.moved, (old, shown(&chars, year)));
                } else if (year.value - self.from).abs() <= NEAR {
                    push(&mut aged.doubtful, old);
                }
            }
        }
        self.doubt(&chars, &mut aged.doubtful);
        aged.text = chars.into_iter().collect();
        aged
    }

    /// Moves every year of a time by the same distance, so that it means the same part of the year.
    pub fn time(self, text: &str) -> Aged {
        let mut chars: Vec<char> = text.chars().collect();
        let mut aged = Aged::default();
        for year in ranges(&chars).iter().flatten() {
            let old = shown(&chars, year);
            year.replace(&mut chars, year.value + self.to - self.from);
            push(&mut aged.moved, (old, shown(&chars, year)));
        }
        aged.text = chars.into_iter().collect();
        aged
    }

    /// Looks for counted anniversaries, terms and meetings, five-year plans, and animals of years.
    fn doubt(self, chars: &[char], found: &mut Vec<String>) {
        let mut at = 0;
        while at < chars.len() {
            let end = run(chars, at, is_numeral);
            if end == at {
                if "鼠牛虎兔龙蛇马羊猴鸡狗猪龍馬雞豬".contains(chars[at])
                    && chars.get(at + 1) == Some(&'年')
                {
                    push(found, chars[at..at + 2].iter().collect());
                }
                at += 1;
                continue;
            }
            let start = if at > 0 && chars[at - 1] == '第' { at - 1 } else { at };
            let counted = self.counted(chars, start, at, end);
            if let Some(end) = counted {
                push(found, chars[start..end].iter().collect());
            }
            at = counted.unwrap_or(end);
        }
    }

    /// Where a counted thing ends whose numeral stands from `at` to `end`, if it is one that is
    /// likely of its year only.
    fn counted(self, chars: &[char], start: usize, at: usize, end: usize) -> Option<usize> {
        let is = |from: usize, word: &str| {
            let said = chars.iter().skip(from).take(word.chars().count());
            said.copied().eq(word.chars())
        };
        if is(end, "周年") || is(end, "週年") {
            return Some(end + 2);
        }
        if is(end, "届") || is(end, "屆") {
            let next = run(chars, end + 1, is_numeral);
            let tail = ["次", "中全会", "中全會"];
            let tail = tail.iter().find(|word| next > end + 1 && is(next, word));
            return Some(tail.map_or(end + 1, |word| next + word.chars().count()));
        }
        if start < at && ["次", "期", "轮", "輪"].iter().any(|word| is(end, word)) {
            return Some(end + 1);
        }
        // 十四五: fourteen and five are no number together, but the fourteenth of five years.
        let [tens, ones, five] = chars.get(at..end)? else { return None };
        let ones = han_digit(*ones).filter(|_| (*tens, *five) == ('十', '五'))?;
        let first = 1951 + 5 * (10 + ones);
        let is_over = !(first..first + 5).contains(&self.to);
        let begins_or_ends = ["开局", "开启", "收官", "開局"].iter().any(|word| {
            let word: Vec<char> = word.chars().collect();
            chars[end..].windows(word.len()).any(|some| some == word)
        });
        (is_over || begins_or_ends).then_some(end)
    }
}

/// The years of a text; those of one range (2021—2022学年) together.
fn ranges(chars: &[char]) -> Vec<Vec<Year>> {
    let mut ranges: Vec<Vec<Year>> = Vec::new();
    let mut joined = None;
    let mut at = 0;
    while at < chars.len() {
        let Some(digits) = digits_of(chars[at]) else {
            at += 1;
            continue;
        };
        let end = run(chars, at, |c| digits_of(c) == Some(digits));
        if let Some(year) = year(chars, at, end, digits) {
            match ranges.last_mut() {
                Some(range) if joined == Some(at) => range.push(year),
                _ => ranges.push(vec![year]),
            }
            let dashes = end + usize::from(chars.get(end) == Some(&'年'));
            let next = run(chars, dashes, |c| "-—–－~～至".contains(c));
            joined = (next > dashes).then_some(next);
        }
        at = end;
    }
    ranges
}

/// Four digits that stand alone as a year; 2021元 are none.
fn year(chars: &[char], start: usize, end: usize, digits: Digits) -> Option<Year> {
    if end - start != 4 {
        return None;
    }
    let value = chars[start..end].iter().try_fold(0, |sum, c| Some(sum * 10 + value_of(*c)?))?;
    let after = chars.get(end).copied().unwrap_or(' ');
    let is_amount = "元人名个個项項平米万萬.．".contains(after);
    let is_said = digits != Digits::Han || "年-—–－~～至".contains(after);
    let fits = (1900..=2999).contains(&value) && !is_amount && is_said;
    fits.then_some(Year { start, value, digits })
}

impl Year {
    fn replace(&self, chars: &mut [char], value: i32) {
        let mut left = value;
        for place in chars[self.start..self.start + 4].iter_mut().rev() {
            let digit = u32::try_from(left % 10).unwrap_or_default();
            left /= 10;
            *place = match self.digits {
                Digits::Half => char::from_digit(digit, 10).unwrap_or('0'),
                Digits::Full => char::from_u32('０' as u32 + digit).unwrap_or('０'),
                // The zero that the text has already, of the three that are in use.
                Digits::Han if digit == 0 && value_of(*place) == Some(0) => *place,
                Digits::Han => "〇一二三四五六七八九".chars().nth(digit as usize).unwrap_or('〇'),
            };
        }
    }
}

/// A year with its 年, as a comment names it.
fn shown(chars: &[char], year: &Year) -> String {
    let end = year.start + 4;
    let end = end + usize::from(chars.get(end) == Some(&'年'));
    chars[year.start..end].iter().collect()
}

fn run(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    from + chars.iter().skip(from).take_while(|c| wanted(**c)).count()
}

fn digits_of(c: char) -> Option<Digits> {
    match c {
        '0'..='9' => Some(Digits::Half),
        '０'..='９' => Some(Digits::Full),
        _ => han_digit(c).map(|_| Digits::Han),
    }
}

fn value_of(c: char) -> Option<i32> {
    let wide = |c: char| char::from_u32((c as u32).checked_sub('０' as u32 - '0' as u32)?);
    let digit = c.to_digit(10).or_else(|| wide(c)?.to_digit(10));
    digit.and_then(|digit| i32::try_from(digit).ok()).or_else(|| han_digit(c))
}

fn han_digit(c: char) -> Option<i32> {
    if matches!(c, '○' | '零') {
        return Some(0);
    }
    let at = "〇一二三四五六七八九".chars().position(|digit| digit == c)?;
    i32::try_from(at).ok()
}

fn is_numeral(c: char) -> bool {
    digits_of(c).is_some() || matches!(c, '十' | '百' | '两' | '廿')
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::Move;

    const MOVE: Move = Move { from: 2021, to: 2022 };

    #[test]
    fn years_next_to_the_plans_move_with_it() {
        for (old, new) in [
            ("湖南科技大学2021年工会工作要点", "湖南科技大学2022年工会工作要点"),
            ("２０２１年度", "２０２２年度"),
            ("二〇二一年工作要点", "二〇二二年工作要点"),
            ("二○二○年总结", "二○二一年总结"),
            ("2021—2022学年", "2022—2023学年"),
            ("校工发〔2021〕1号", "校工发〔2022〕1号"),
            ("2021级新生", "2022级新生"),
            ("1921年以来", "1921年以来"),
            ("补助2021元", "补助2021元"),
            ("到2035年", "到2035年"),
            ("电话02152021", "电话02152021"),
        ] {
            assert_eq!(MOVE.text(old).text, new, "{old}");
        }
        let aged = MOVE.text("2020年总结和2021年计划");
        let moved = aged.moved.iter().map(|(old, new)| (old.as_str(), new.as_str()));
        assert_eq!(moved.collect::<Vec<_>>(), [("2020年", "2021年"), ("2021年", "2022年")]);
        assert_eq!(Move { from: 2021, to: 2019 }.text("2021年").text, "2019年");
    }

    #[test]
    fn what_is_likely_of_its_year_is_doubted() {
        for (text, doubtful) in [
            ("庆祝建党100周年系列活动", vec!["100周年"]),
            ("建校七十周年", vec!["七十周年"]),
            ("组织召开四届二次“双代会”", vec!["四届二次"]),
            ("学习十九届六中全会精神", vec!["十九届六中全会"]),
            ("第十五届运动会", vec!["第十五届"]),
            ("第八次代表大会", vec!["第八次"]),
            ("为“十四五”开局起步", vec!["十四五"]),
            ("落实“十四五”规划", vec![]),
            ("总结“十三五”", vec!["十三五"]),
            ("辞旧岁迎虎年", vec!["虎年"]),
            ("2018-2022年规划", vec!["2018", "2022年"]),
            ("每月一次，共十五场", vec![]),
            ("换届选举，青年教职工", vec![]),
        ] {
            assert_eq!(MOVE.text(text).doubtful, doubtful, "{text}");
        }
    }

    #[test]
    fn a_time_moves_as_a_whole() {
        assert_eq!(MOVE.time("2021年12月—2022年1月").text, "2022年12月—2023年1月");
        assert_eq!(MOVE.time("2021-05-14").text, "2022-05-14");
        assert_eq!(MOVE.time("3-5月"), MOVE.time("3-5月"));
        assert!(MOVE.time("3-5月").moved.is_empty());
    }
}
