//! What holds of every phrase.

use proptest::prelude::*;
use proptest::sample::select;

use super::super::{Months, Terms, When};
use super::{must, read};

/// Makes points of time of every kind.
fn point() -> impl Strategy<Value = String> {
    let month = || 1..=12_u32;
    let part = select(vec![
        "",
        "份",
        "上旬",
        "中旬",
        "下旬",
        "初",
        "底",
        "末",
        "上、中旬",
        "起",
        "前",
        "底前",
        "上旬前",
        "左右",
    ]);
    let word = select(vec![
        "上半年",
        "下半年",
        "年初",
        "年中",
        "年底",
        "年底前",
        "春季学期",
        "秋季学期",
        "上学期",
        "下学期",
        "寒假",
        "暑假",
        "暑假前",
        "春季学期末",
        "第一季度",
        "二季度",
        "三季度末",
        "4季度",
    ]);
    prop_oneof![
        (month(), part).prop_map(|(month, part)| format!("{month}月{part}")),
        (month(), month())
            .prop_map(|(one, other)| { format!("{}-{}月", one.min(other), one.max(other)) }),
        (month(), 1..=28_u32, select(vec!["", "前", "起", "前后"]))
            .prop_map(|(month, day, turn)| format!("{month}月{day}日{turn}")),
        (month(), 1..=14_u32, 15..=28_u32)
            .prop_map(|(month, from, to)| format!("{month}月{from}-{to}日")),
        (2020..=2022_i32, month()).prop_map(|(year, month)| format!("{year}年{month}月")),
        (month(), 1..=28_u32).prop_map(|(month, day)| format!("2021-{month:02}-{day:02}")),
        month().prop_map(|month| format!("{month}月至次年2月")),
        word.prop_map(str::to_owned),
    ]
}

/// Makes whole phrases, a few of which are refused.
fn phrase() -> impl Strategy<Value = String> {
    let always = select(vec!["全年", "每月", "每学期一次", "适时", "待定"]).prop_map(str::to_owned);
    prop_oneof![
        1 => always,
        9 => prop::collection::vec(point(), 1..4).prop_map(|points| points.join("、")),
    ]
}

/// Makes gibberish from the letters of the grammar.
fn gibberish() -> impl Strategy<Value = String> {
    let letters = "0123456789一二三四五六七八九十〇元月日号份年度季学期春秋寒暑假上中下旬初底末终前后起至到\
        自从每全长常适时择机待定次本今周半内以之、，,；和-—~～/.。（） \u{3000}第截止约节";
    prop::collection::vec(select(letters.chars().collect::<Vec<_>>()), 0..14)
        .prop_map(String::from_iter)
}

/// Spells a number below one hundred in Chinese.
fn chinese(number: u32) -> String {
    let digit =
        |digit: u32| ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"][digit as usize];
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

/// Spells the numbers of a phrase in Chinese, those of years digit by digit.
fn in_chinese(text: &str) -> String {
    let mut spelt = String::new();
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        match (digits.len(), digits.parse()) {
            (4, _) => spelt.extend(digits.bytes().map(|digit| match digit {
                b'0' => "〇".to_owned(),
                digit => chinese(u32::from(digit - b'0')),
            })),
            (_, Ok(number)) => spelt += &chinese(number),
            _ => {}
        }
        digits.clear();
        if letter != '\0' {
            spelt.push(letter);
        }
    }
    spelt
}

/// Widens what has a full width.
fn widened(text: &str) -> String {
    let wide = |letter: char| match letter {
        '0'..='9' | '-' | '/' | '.' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}

/// Writes the traditional characters.
fn traditional(text: &str) -> String {
    let old = |letter| match letter {
        '适' => '適',
        '时' => '時',
        '学' => '學',
        '号' => '號',
        '后' => '後',
        '长' => '長',
        '个' => '個',
        '终' => '終',
        '与' => '與',
        other => other,
    };
    text.chars().map(old).collect()
}

/// Checks that two wordings mean the same time or are both refused.
fn same(one: &str, other: &str) -> Result<(), TestCaseError> {
    match (read(one), read(other)) {
        (Ok(one), Ok(other)) => prop_assert!(one.same_time_as(&other), "{one} / {other}"),
        (one, other) => prop_assert!(one.is_err() && other.is_err(), "{one:?} / {other:?}"),
    }
    Ok(())
}

/// Checks what holds of every time that is read.
fn sound(when: &When) -> Result<(), TestCaseError> {
    prop_assert!(must(when.text()).same_time_as(when));
    let again = must(&when.canonical());
    prop_assert!(again.same_time_as(when), "{when:?} / {again:?}");
    prop_assert_eq!(again.canonical(), when.canonical());

    let months: Vec<u8> = when.months().iter().collect();
    prop_assert!(months.iter().all(|month| (1..=12).contains(month)));
    prop_assert!(months.windows(2).all(|pair| pair[0] < pair[1]));
    match when.span() {
        None => prop_assert!(months.is_empty()),
        Some((first, last)) => {
            prop_assert!(first <= last && !months.is_empty());
            for month in months {
                let inside = (2021, month);
                prop_assert!((first.year, first.month) <= inside);
                prop_assert!(inside <= (last.year, last.month));
            }
        }
    }
    if let Some((first, last)) = when.days() {
        prop_assert!(first <= last);
    }
    prop_assert!(!when.is_deadline() || when.days().is_some());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1024,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn times_are_sound(text in phrase()) {
        if let Ok(when) = read(&text) {
            sound(&when)?;
        }
    }

    #[test]
    fn gibberish_is_refused_or_sound(text in gibberish()) {
        if let Ok(when) = read(&text) {
            sound(&when)?;
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), year in any::<i32>()) {
        let _ = When::read(&text, year, &Terms::default());
    }

    #[test]
    fn no_slip_is_too_odd(text in phrase(), at in any::<prop::sample::Index>(), odd in any::<char>()) {
        let mut letters: Vec<char> = text.chars().collect();
        let at = at.index(letters.len());
        letters[at] = odd;
        let _ = read(&String::from_iter(letters));
    }

    #[test]
    fn width_makes_no_difference(text in phrase()) {
        same(&text, &widened(&text))?;
    }

    #[test]
    fn dashes_make_no_difference(
        text in phrase(),
        dash in select("-–—―－─~～〜﹣‐‑‒−".chars().collect::<Vec<_>>()),
    ) {
        same(&text, &text.replace('-', &dash.to_string()))?;
    }

    #[test]
    fn joining_words_make_no_difference(text in phrase(), word in select(vec!["，", ",", "；", ";", "和", "及"])) {
        same(&text, &text.replace('、', word))?;
    }

    #[test]
    fn old_characters_make_no_difference(text in phrase()) {
        same(&text, &traditional(&text))?;
    }

    #[test]
    fn chinese_numbers_make_no_difference(text in phrase().prop_filter("a date in digits alone", |text| !text.contains("2021-"))) {
        same(&text, &in_chinese(&text))?;
    }

    #[test]
    fn blanks_make_no_difference(text in phrase(), blank in select(vec![" ", "\u{3000}", "\u{a0}", "\n"])) {
        let spaced: String = text
            .chars()
            .flat_map(|letter| [Some(letter), (!letter.is_ascii_digit()).then_some(' ')])
            .flatten()
            .collect();
        same(&text, &format!("{blank}{}{blank}", spaced.replace(' ', blank)))?;
    }

    #[test]
    fn months_are_a_set(months in prop::collection::vec(1..=12_u8, 0..20)) {
        let set = Months::listed(months.iter().copied()).unwrap();
        prop_assert!((0..=255).all(|month| set.contains(month) == months.contains(&month)));
        prop_assert_eq!(set.is_empty(), months.is_empty());
        prop_assert_eq!(set.len(), set.iter().count());
        let listed: Vec<u8> = set.runs().flat_map(|(first, last)| first..=last).collect();
        prop_assert!(set.iter().eq(listed));
    }
}
