//! What is refused, and with what help.

use super::{Terms, When, WhenFault, read};

/// Returns the fault of a phrase that is known to be refused.
fn fault(text: &str) -> WhenFault {
    match read(text) {
        Err(fault) => fault,
        Ok(when) => panic!("{text:?} was read as {}", when.canonical()),
    }
}

#[test]
fn a_blank_is_empty() {
    for text in ["", " ", "\u{3000}\u{a0}\n\t", "。", "（）", "（ 。）；", "\u{200b}"] {
        assert_eq!(fault(text), WhenFault::Empty, "{text:?}");
    }
}

#[test]
fn a_date_no_calendar_has_is_named() {
    for (text, named) in [
        ("13月", "13月"),
        ("0月", "0月"),
        ("2、13月", "13月"),
        ("3-13月", "13月"),
        ("十三月", "十三月"),
        ("2月30日", "2月30日"),
        ("6月31日", "6月31日"),
        ("6月31日前", "6月31日"),
        ("5月32日", "5月32日"),
        ("5月0日", "5月0日"),
        ("5月30-32日", "5月32日"),
        ("2月29日", "2月29日"),
        ("2023年2月29日", "2023年2月29日"),
        ("2021-02-29", "2021-02-29"),
        ("2021-13", "2021-13"),
        ("2021.0.1", "2021.0.1"),
        ("5季度", "第5季度"),
        ("第五季度", "第五季度"),
        ("999999999999月", "999999999999月"),
        ("3月99999999999999999999日", "3月99999999999999999999日"),
    ] {
        assert_eq!(fault(text), WhenFault::NoSuchDate { text: named.into() }, "{text}");
    }
    assert!(When::read("2月29日", 2024, &Terms::default()).is_ok());
}

#[test]
fn a_stretch_that_ends_before_it_begins_names_both_ends() {
    for (text, from, to) in [
        ("5-3月", "5月", "3月"),
        ("11月—2月", "11月", "2月"),
        ("2021年12月—1月", "12月", "1月"),
        ("5月14日-10日", "5月14日", "5月10日"),
        ("5月下旬至上旬", "5月下旬", "5月上旬"),
        ("四季度至一季度", "10—12月", "1—3月"),
        ("2022年1月—2021年12月", "2022年1月", "2021年12月"),
    ] {
        let backwards = WhenFault::Backwards { from: from.into(), to: to.into() };
        assert_eq!(fault(text), backwards, "{text}");
    }
}

#[test]
fn a_time_with_no_month_in_the_year_names_its_year() {
    for (text, year) in [
        ("2020年5月", 2020),
        ("2022-05-14", 2022),
        ("2022年", 2022),
        ("次年1月", 2022),
        ("2022年1月、3月", 2022),
        ("1月前", 2020),
    ] {
        assert_eq!(fault(text), WhenFault::OutsideYear { year, plan_year: 2021 }, "{text}");
    }
}

#[test]
fn the_nearest_readable_phrase_is_offered() {
    for (text, nearest) in [
        ("3 月分", "3月份"),
        ("三月分", "三月份"),
        ("适是", "适时"),
        ("择及", "择机"),
        ("常态", "常态化"),
        ("7月上询", "7月上旬"),
        ("一季渡", "一季度"),
        ("第二学其", "第二学期"),
        ("春季", "春季学期"),
        ("每学其", "每学期"),
        ("3月8日妇女节", "3月8日"),
        ("9月第二周", "9月"),
        ("3", "3月"),
        ("3-5", "3-5月"),
        ("3、5", "3、5月"),
        ("5月10", "5月10日"),
        ("5.14", "5月14日"),
        ("5/10-5/14", "5月10日-5月14日"),
        ("3月、", "3月"),
        ("3月至", "3月"),
        ("年内", "年底"),
        ("2021.9-12", "2021.9-12月"),
        ("3月 5月", "3月、5月"),
        ("4月底 5月初", "4月底、5月初"),
    ] {
        let offered = WhenFault::Unreadable { nearest: Some(nearest.into()) };
        assert_eq!(fault(text), offered, "{text}");
        assert!(read(nearest).is_ok(), "{nearest}");
    }
}

#[test]
fn nothing_is_offered_for_what_is_like_no_time() {
    for text in [
        "三八妇女节",
        "三四月",
        "教师节前",
        "国庆",
        "五一",
        "十一",
        "hello",
        "☃",
        "十",
        "工会委员会",
    ] {
        assert_eq!(fault(text), WhenFault::Unreadable { nearest: None }, "{text}");
    }
    assert_eq!(fault(&"某".repeat(10_000)), WhenFault::Unreadable { nearest: None });
    assert_eq!(fault(&"1、".repeat(10_000)), WhenFault::Unreadable { nearest: None });
}

#[test]
fn no_year_is_too_far() {
    for year in [i32::MIN, -262_144, -1, 0, 9_999, 10_000, 262_142, i32::MAX] {
        for text in
            ["全年", "3月", "次年1月", "3月起", "1月前", "12月底", "年底前", "2021年", "适时"]
        {
            let _ = When::read(text, year, &Terms::default());
        }
    }
}
