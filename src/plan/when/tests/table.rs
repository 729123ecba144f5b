//! The table of phrases: on the left what a clerk writes in a plan for 2021, on the
//! right its months, then its days if it names any, and whether it is a deadline.

use super::{WhenFault, described, must, read};

const TABLE: &str = "
    全年                     all year
    全年度                   all year
    长期                     all year
    常年                     all year
    贯穿全年                 all year
    常态化                   all year
    持续                     all year
    全年期间                 all year
    2021年                   all year
    2021年度                 all year
    2021年全年               all year
    今年                     all year
    1-12月                   all year
    1月起                    all year
    上半年、下半年           all year
    一季度至四季度           all year
    2020年9月—2022年3月      all year
    全年、9月                all year
    每月                     all year
    每个月                   all year
    每季度                   all year
    每学期                   all year
    每年                     all year
    每周                     all year
    每周三                   all year
    每月一次                 all year
    每学期至少1次            all year
    每年一次                 all year
    每月底                   all year
    每月10日前               all year
    每季度末                 all year
    每季度、年底             all year

    适时                     as appropriate
    择机                     as appropriate
    待定                     as appropriate
    时间待定                 as appropriate
    另行通知                 as appropriate
    视情况                   as appropriate
    视情况而定               as appropriate
    适时、择机               as appropriate

    3月                      3
    03月                     3
    3月份                    3
    ３月                     3
    三月                     3
    元月                     1
    十二月                   12
    3月左右                  3
    3月前后                  3
    3月期间                  3
    约3月                    3
    （5月）                  5
    （5月）。                5
    3月；                    3
    每年3月                  3
    每年年底                 12
    今年5月                  5

    3-5月                    3-5
    3月-5月                  3-5
    3月—5月                  3-5
    3月——5月                 3-5
    3月至5月                 3-5
    3月到5月                 3-5
    3～5月                   3-5
    3月份至5月份             3-5
    三至五月                 3-5
    从3月到5月               3-5
    自3月起至5月止           3-5
    5-5月                    5
    3、5、9月                3 5 9
    3月、5月、9月            3 5 9
    3月和9月                 3 9
    3月及9月                 3 9
    3月，以及9月             3 9
    3月与9月                 3 9
    9月、3月                 3 9
    3、5—7月                 3 5-7
    三、五、九月             3 5 9
    3月、4月                 3-4
    3月起                    3-12
    3月开始                  3-12
    自3月起                  3-12
    12月起                   12

    上半年                   1-6
    下半年                   7-12
    上半年、9月              1-6 9
    2021年上半年             1-6
    上半年末                 6
    一季度                   1-3
    第一季度                 1-3
    1季度                    1-3
    第1季度                  1-3
    第四季度                 10-12
    一、二季度               1-6
    一、三季度               1-3 7-9
    第一、第三季度           1-3 7-9
    一季度至三季度           1-9
    1-3季度                  1-9
    一季度末                 3
    前三季度                 1-9
    二季度初                 4
    年初                     1
    年中                     6
    年底                     12
    年末                     12
    年终                     12
    2021年底                 12
    今年年底                 12
    年中至年底               6-12

    春季学期                 2-7
    秋季学期                 9-12
    春、秋季学期             2-7 9-12
    上学期                   9-12
    下学期                   2-7
    第一学期                 9-12
    第2学期                  2-7
    寒假                     1-2
    暑假                     7-8
    暑期                     7-8
    暑假期间                 7-8
    暑假中                   7-8
    寒暑假                   1-2 7-8
    寒、暑假                 1-2 7-8
    寒假、9月                1-2 9
    春季学期初               2
    秋季学期末               12
    春季学期至暑假           2-8
    秋季学期起               9-12

    4月上旬                  4, 04-01..04-10
    4月中旬                  4, 04-11..04-20
    4月下旬                  4, 04-21..04-30
    2月下旬                  2, 02-21..02-28
    4月份上旬                4, 04-01..04-10
    4月初                    4, 04-01..04-10
    4月中                    4, 04-11..04-20
    4月底                    4, 04-21..04-30
    4月末                    4, 04-21..04-30
    4月上旬至中旬            4, 04-01..04-20
    4月上、中旬              4, 04-01..04-20
    4月上中旬                4, 04-01..04-20
    4月中下旬                4, 04-11..04-30
    4月上旬、下旬            4, 04-01..04-30
    4月下旬至5月上旬         4-5, 04-21..05-10
    4月底5月初               unreadable
    4月底—5月初              4-5, 04-21..05-10
    4月上旬、10月            4 10
    4月上旬起                4-12, 04-01..12-31

    3月8日                   3, 03-08
    3月8号                   3, 03-08
    03月08日                 3, 03-08
    三月八日                 3, 03-08
    5月三十一日              5, 05-31
    3月8日前后               3, 03-08
    5月10日—14日             5, 05-10..05-14
    5月10-14日               5, 05-10..05-14
    5月10日-5月14日          5, 05-10..05-14
    5月10日至6月2日          5-6, 05-10..06-02
    5月10-6月2日             5-6, 05-10..06-02
    5月10日、12日            5, 05-10..05-12
    5月10、12日              5, 05-10..05-12
    5月10、12日，6月3日      5-6, 05-10..06-03
    5月10日至月底            5, 05-10..05-31
    5月10日至下旬            5, 05-10..05-31
    3月至5月10日             3-5, 03-01..05-10
    3月8日起                 3-12, 03-08..12-31
    3月8日、5月              3 5

    6月底前                  6, 06-30, due
    6月30日前                6, 06-30, due
    6月30日之前              6, 06-30, due
    6月30日以前              6, 06-30, due
    6月底前完成              6, 06-30, due
    6月30日截止              6, 06-30, due
    截至6月底                6, 06-30, due
    6月前                    5, 05-31, due
    3月以前                  2, 02-28, due
    6月中旬前                6, 06-20, due
    暑假前                   6, 06-30, due
    秋季学期前               8, 08-31, due
    一季度末前               3, 03-31, due
    年底前                   12, 12-31, due
    12月底前                 12, 12-31, due
    2021年底前               12, 12-31, due
    6月底前、12月底前        6 12, 06-30..12-31, due
    3月、6月底前             3 6
    2022年前                 12, 12-31, due

    2021年5月                5
    2021年3-5月              3-5
    2021年3月、5月           3 5
    2021年一季度             1-3
    2021年12月—2022年1月     12
    12月—次年1月             12
    2020年12月至次年2月      1-2
    9月、2022年3月           9
    2021年5月14日            5, 05-14
    2021年5月10日—14日       5, 05-10..05-14
    12月20日—2022年1月5日    12, 12-20..2022-01-05
    二〇二一年五月           5
    二○二一年五月十四日      5, 05-14
    二O二一年五月            5
    2021-05                  5
    2021.5                   5
    2021-05-14               5, 05-14
    2021/5/14                5, 05-14
    2021.5.14                5, 05-14
    2021．5．14              5, 05-14
    2021-05-10-2021-05-14    5, 05-10..05-14
    2021-05至2021-07         5-7
    2021.5.10至14日          5, 05-10..05-14

    適時                     as appropriate
    擇機                     as appropriate
    視情況                   as appropriate
    長期                     all year
    常態化                   all year
    持續                     all year
    貫穿全年                 all year
    每學期                   all year
    第一學期                 9-12
    春季學期                 2-7
    3月8號                   3, 03-08
    3月開始                  3-12
    暑假期間                 7-8
    3月8日前後               3, 03-08

    三八妇女节               unreadable
    3月8日妇女节             unreadable
    教师节前                 unreadable
    教师节                   unreadable
    五一                     unreadable
    十一前后                 unreadable
    六一儿童节前             unreadable
    国庆                     unreadable
    3                        unreadable
    3-5                      unreadable
    5.14                     unreadable
    8日                      unreadable
    下旬                     unreadable
    月底                     unreadable
    学期末                   unreadable
    春季                     unreadable
    三四月                   unreadable
    3、5月底                 unreadable
    3-5月前                  unreadable
    3-5月起                  unreadable
    二季度前                 unreadable
    上半年前                 unreadable
    自3月                    unreadable
    全年前                   unreadable
    全年至9月                unreadable
    适时、9月                unreadable
    全年、适时               unreadable
    适时前                   unreadable
    第3月                    unreadable
    3月、                    unreadable
    3月和                    unreadable
    、3月                    unreadable
    3月5月                   unreadable
    5月、12日                unreadable
    5月10日、月3日           unreadable
    21年5月                  unreadable
    2021-05月                unreadable
    每3月                    unreadable
    每次                     unreadable
";

/// Tells what becomes of a phrase, in the words of the table.
fn told(phrase: &str) -> String {
    match read(phrase) {
        Ok(when) => described(&when),
        Err(WhenFault::Unreadable { .. }) => "unreadable".to_owned(),
        Err(fault) => format!("{fault:?}"),
    }
}

#[test]
fn phrases_mean_what_the_table_says() {
    let rows = TABLE.lines().filter_map(|row| row.trim().split_once(' '));
    let wrong: Vec<String> = rows
        .clone()
        .map(|(phrase, meaning)| (phrase, told(phrase), meaning.trim()))
        .filter(|(_, told, meaning)| told != meaning)
        .map(|(phrase, told, meaning)| format!("{phrase}: {told}, not {meaning}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.count() > 200);
}

#[test]
fn blanks_and_brackets_make_no_difference() {
    for (text, plain) in [
        (" 3 月 ", "3月"),
        ("3\u{a0}月\u{3000}8 日", "3月8日"),
        ("2021 年 5 月 10 日 — 14 日", "2021年5月10日—14日"),
        ("\u{feff}全 年\u{200b}", "全年"),
        ("【（3月。）】；", "3月"),
        ("[3月]", "3月"),
        ("十 二月", "十二月"),
    ] {
        assert!(must(text).same_time_as(&must(plain)), "{text:?}");
    }
    assert!(read("1 2月").is_err());
    assert!(read("（3月").is_err());
}
