//! What is read, what is refused, and what holds whatever is written.

mod faults;
mod properties;
mod table;

use chrono::NaiveDate;

use super::{Lane, Months, Terms, When, WhenFault};

/// Reads a phrase of a plan for 2021 at a school of ordinary terms.
fn read(text: &str) -> Result<When, WhenFault> {
    When::read(text, 2021, &Terms::default())
}

/// Reads a phrase that is known to be readable.
fn must(text: &str) -> When {
    read(text).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"))
}

/// Describes a time as the table does: `3-5`, `5, 05-10..05-14`, `6, 06-30, due`.
fn described(when: &When) -> String {
    let filed = match when.lane() {
        Lane::AllYear => "all year".to_owned(),
        Lane::AsAppropriate => "as appropriate".to_owned(),
        Lane::Months => {
            let runs = when.months().runs().map(|(first, last)| run(first, last));
            runs.collect::<Vec<_>>().join(" ")
        }
    };
    let days = when.days().map(|(first, last)| {
        let day = |day: NaiveDate| day.to_string().trim_start_matches("2021-").to_owned();
        if first == last { day(first) } else { format!("{}..{}", day(first), day(last)) }
    });
    let due = when.is_deadline().then(|| "due".to_owned());
    [Some(filed), days, due].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Describes a run of months: `3`, `3-5`.
fn run(first: u8, last: u8) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}

#[test]
fn the_wording_is_kept() {
    let when = must("\u{3000} ３月　至 ５月。 ");
    assert_eq!(when.text(), "３月　至 ５月。");
    assert_eq!(when.to_string(), when.text());
    assert_eq!(when.canonical(), "3—5月");
}

#[test]
fn a_time_may_be_shown_in_one_wording_and_filed_under_another() {
    let filed = |shown, filed| When::filed(shown, filed, 2021, &Terms::default());
    let when = filed(" 教师节前 ", "9月").unwrap();
    assert_eq!((when.text(), described(&when).as_str()), ("教师节前", "9"));
    assert!(when.same_time_as(&must("9月")));
    assert_eq!(filed("  ", "9月"), Err(WhenFault::Empty));
    assert_eq!(filed("教师节前", " "), Err(WhenFault::Empty));
    assert!(filed("教师节前", "教师节").is_err());
}

#[test]
fn times_sort_by_first_day_then_last_and_those_of_no_month_last() {
    let sorted = [
        "年初",
        "上半年、9月",
        "3月1日",
        "3月上旬",
        "3月",
        "3-5月",
        "3月中旬",
        "3月底",
        "3月底前",
        "4月",
        "6月",
        "6月底前",
        "7月",
        "全年",
        "适时",
    ];
    let mut times: Vec<When> = sorted.iter().rev().map(|text| must(text)).collect();
    times.sort_by_key(When::order_key);
    assert!(times.iter().map(When::text).eq(sorted));
}

#[test]
fn what_began_in_an_earlier_year_sorts_from_january() {
    assert!(must("2020年11月—2021年3月").order_key() < must("2月").order_key());
    assert!(must("2020年11月—2021年3月").order_key() > must("1月1日").order_key());
}

#[test]
fn the_span_may_leave_the_year() {
    let when = must("2021年12月—2022年1月");
    let (first, last) = when.span().unwrap();
    assert_eq!((first.year, first.month, last.year, last.month), (2021, 12, 2022, 1));
    assert_eq!(when.canonical(), "2021年12月—2022年1月");
    assert_eq!(must("适时").span(), None);
}

#[test]
fn all_year_draws_on_every_month_and_as_appropriate_on_none() {
    assert_eq!(must("每学期").months(), Months::ALL);
    assert_eq!(must("择机").months(), Months::NONE);
}

#[test]
fn a_school_may_set_its_own_terms() {
    let months = |months: &[u8]| Months::listed(months.iter().copied()).unwrap();
    let terms = Terms {
        spring: months(&[3, 4, 5, 6]),
        autumn: months(&[1, 9, 10, 11, 12]),
        first: months(&[3]),
        second: months(&[9]),
        winter_break: months(&[2]),
        summer_break: Months::NONE,
    };
    let read = |text| When::read(text, 2021, &terms);
    let told = |text| described(&read(text).unwrap());
    assert_eq!(told("春季学期"), "3-6");
    assert_eq!(told("秋季学期"), "1 9-12");
    assert_eq!(told("上学期"), "3");
    assert_eq!(told("第二学期"), "9");
    assert_eq!(told("寒假前"), "1, 01-31, due");
    assert!(matches!(read("暑假"), Err(WhenFault::Unreadable { .. })));
}

#[test]
fn one_settled_wording_stands_for_many() {
    for (text, canonical) in [
        ("三月及五月", "3月、5月"),
        ("3月、4月、5月、9月", "3—5月、9月"),
        ("9月、3月、9月", "3月、9月"),
        ("5月10日、12日", "5月10日、5月12日"),
        ("5月10日至14日", "5月10日—14日"),
        ("5月10日至6月2日", "5月10日—6月2日"),
        ("2月末", "2月下旬"),
        ("4月上旬至中旬", "4月1日—20日"),
        ("6月前", "5月31日前"),
        ("年底前", "12月31日前"),
        ("1-12月", "全年"),
        ("上半年、下半年", "全年"),
        ("待定", "适时"),
        ("2021年5月", "5月"),
        ("2021-12-20至2022-01-05", "2021年12月20日—2022年1月5日"),
    ] {
        assert_eq!(must(text).canonical(), canonical, "{text}");
    }
}

#[test]
fn a_set_of_months_is_walked_in_order() {
    let months = Months::listed([12, 1, 5, 4]).unwrap();
    assert!(months.iter().eq([1, 4, 5, 12]));
    assert!(months.runs().eq([(1, 1), (4, 5), (12, 12)]));
    assert_eq!((months.first(), months.last(), months.len()), (Some(1), Some(12), 4));
    assert!(months.contains(4) && !months.contains(0) && !months.contains(200));
    assert_eq!(Months::listed([0]), None);
    assert_eq!(Months::listed([]), Some(Months::NONE));
}
