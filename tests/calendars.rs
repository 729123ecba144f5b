//! Calendars to subscribe to: which files there are, and what they say. Whether the programs of
//! others read the same is tried in `tests/calendars/`.
//!
//! `UPDATE_EXPECTED=1 cargo test --test calendars` writes the expected files anew: read them before
//! you keep them.

#![allow(clippy::unwrap_used)]

mod support;

use support::{Project, home};

/// The content lines of a file, unfolded.
fn lines(project: &Project, path: &str) -> Vec<String> {
    project.page(path).replace("\r\n ", "").lines().map(str::to_owned).collect()
}

/// The event whose title ends in `title`.
fn event(project: &Project, path: &str, title: &str) -> Vec<String> {
    let lines = lines(project, path);
    let found = lines
        .split(|line| line == "BEGIN:VEVENT")
        .find(|event| event.iter().any(|l| l.starts_with("SUMMARY:") && l.ends_with(title)));
    found.unwrap_or_else(|| panic!("{path} has no {title}: {lines:#?}")).to_vec()
}

/// The shipped plan with these updates, built.
fn shipped_with(updates: &str) -> Project {
    let project = Project::shipped();
    project.write("data/2021/updates.yaml", updates);
    project.build();
    project
}

fn assert_has(event: &[String], expected: &[&str]) {
    for line in expected {
        assert!(event.iter().any(|found| found == line), "{line} is not in {event:#?}");
    }
}

#[test]
fn the_calendars_of_the_shipped_plan_are_these() {
    let project = Project::shipped();
    project.build();
    for (path, name) in [
        ("2021/calendar.ics", "2021.ics"),
        ("2021/offices/general.ics", "general.ics"),
        ("2021/leaders/he-pin.ics", "he-pin.ics"),
    ] {
        let built = project.page(path);
        let expected = home().join("tests/calendars").join(name);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&expected, &built).unwrap();
        }
        assert_eq!(built, std::fs::read_to_string(&expected).unwrap(), "{path}");
    }
}

#[test]
fn a_plan_has_a_calendar_and_so_has_each_office_and_leader() {
    let project = Project::shipped();
    project.build();
    let site = project.site();
    let calendars: Vec<&str> =
        site.keys().map(String::as_str).filter(|path| path.ends_with(".ics")).collect();
    assert_eq!(
        calendars,
        [
            "2021/calendar.ics",
            "2021/leaders/he-pin.ics",
            "2021/leaders/liu-jie.ics",
            "2021/offices/general.ics",
            "2021/offices/publicity.ics",
        ]
    );
}

#[test]
fn an_office_has_its_own_events_and_everyones() {
    let project = Project::fixture("by-month");
    project.build();
    event(&project, "2024/offices/women.ics", "“三八”系列活动");
    event(&project, "2024/offices/women.ics", "提案征集");
    let women = project.page("2024/offices/women.ics");
    assert!(!women.contains("医疗互助续保"), "{women}");
}

#[test]
fn work_without_a_day_is_named_in_the_calendars_description_and_nowhere_else() {
    let project = Project::fixture("by-month");
    project.build();
    let lines = lines(&project, "2024/calendar.ics");
    let of = |name: &'static str| lines.iter().filter(move |line| line.starts_with(name)).cloned();
    let description: String = of("X-WR-CALDESC:").collect();
    let summaries: String = of("SUMMARY:").collect();
    for task in ["会员生日祝福", "部门工会考核", "心理健康讲座", "新进教职工入会"]
    {
        assert!(description.contains(task), "{description}");
        assert!(!summaries.contains(task), "{summaries}");
    }
    assert!(!description.contains("篮球赛"), "its activities stand in months: {description}");
}

#[test]
fn a_day_and_time_that_are_set_take_the_place_of_the_month() {
    let project = shipped_with(
        "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 15:00–17:00, place: 北校田径场 }\n",
    );
    let event = event(&project, "2021/calendar.ics", "“奋进新征程”拔河比赛");
    assert_has(
        &event,
        &[
            "SUMMARY:“奋进新征程”拔河比赛",
            "DTSTART;TZID=Asia/Shanghai:20210514T150000",
            "DTEND;TZID=Asia/Shanghai:20210514T170000",
            "LOCATION:北校田径场",
            "DTSTAMP:20210506T000000Z",
            "SEQUENCE:1",
            "STATUS:CONFIRMED",
        ],
    );
    let file = project.page("2021/calendar.ics");
    assert_eq!(file.matches("拔河比赛").count(), 1, "only on its day: {file}");
    assert!(file.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n"));
}

#[test]
fn an_activity_whose_day_is_set_can_be_added_alone_until_it_is_cancelled() {
    let set = "- { on: 2021-05-06, about: tug-of-war, date: 5月14日下午3点 }\n";
    let project = shipped_with(set);
    let own = lines(&project, "2021/activities/tug-of-war.ics");
    assert_eq!(own.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
    assert_has(&own, &["DTSTART;TZID=Asia/Shanghai:20210514T150000"]);
    assert!(project.page("2021/activities/tug-of-war.html").contains("href=\"tug-of-war.ics\""));
    assert!(!project.page("2021/activities/recitation.html").contains(".ics"));
    let cancelled = format!("{set}- {{ on: 2021-05-12, about: tug-of-war, status: 已取消 }}\n");
    project.write("data/2021/updates.yaml", cancelled);
    project.build();
    assert!(!project.site().contains_key("2021/activities/tug-of-war.ics"));
    assert!(!project.page("2021/activities/tug-of-war.html").contains(".ics"));
}

#[test]
fn what_is_cancelled_stays_and_says_so() {
    let project = shipped_with(
        "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 }\n- { on: 2021-05-12, about: tug-of-war, status: cancelled }\n",
    );
    let event = event(&project, "2021/calendar.ics", "拔河比赛");
    assert_has(
        &event,
        &[
            "SUMMARY:（已取消）“奋进新征程”拔河比赛",
            "DTSTART;VALUE=DATE:20210514",
            "DTEND;VALUE=DATE:20210515",
            "STATUS:CANCELLED",
            "SEQUENCE:2",
        ],
    );
}

#[test]
fn what_is_postponed_is_tentative_until_it_has_a_new_day() {
    let mut updates =
        "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 }\n- { on: 2021-05-12, about: tug-of-war, status: postponed }\n"
            .to_owned();
    let project = shipped_with(&updates);
    let adrift = event(&project, "2021/calendar.ics", "拔河比赛");
    assert_has(
        &adrift,
        &[
            "SUMMARY:（已延期）“奋进新征程”拔河比赛",
            "DTSTART;VALUE=DATE:20210514",
            "STATUS:TENTATIVE",
        ],
    );
    assert!(!project.site().contains_key("2021/activities/tug-of-war.ics"));
    updates.push_str("- { on: 2021-05-20, about: tug-of-war, date: 2021-06-04 }\n");
    project.write("data/2021/updates.yaml", updates);
    project.build();
    let moved = event(&project, "2021/calendar.ics", "拔河比赛");
    assert_has(
        &moved,
        &[
            "SUMMARY:“奋进新征程”拔河比赛",
            "DTSTART;VALUE=DATE:20210604",
            "STATUS:CONFIRMED",
            "SEQUENCE:3",
        ],
    );
}

#[test]
fn a_date_in_words_of_its_own_is_said_beside_the_title() {
    let project = shipped_with("- { on: 2021-05-06, about: tug-of-war, date: 5月中旬雨停以后 }\n");
    let event = event(&project, "2021/calendar.ics", "拔河比赛");
    assert_has(
        &event,
        &["SUMMARY:5月中旬雨停以后：“奋进新征程”拔河比赛", "DTSTART;VALUE=DATE:20210501"],
    );
}

#[test]
fn an_event_keeps_its_uid_while_texts_are_corrected_and_days_are_set() {
    let uids = |project: &Project| -> Vec<String> {
        let lines = lines(project, "2021/calendar.ics");
        let mut uids: Vec<String> =
            lines.into_iter().filter(|line| line.starts_with("UID:")).collect();
        uids.sort();
        uids
    };
    let project = Project::shipped();
    project.build();
    let before = uids(&project);
    assert!(before.windows(2).all(|two| two[0] != two[1]), "{before:?}");
    project.replace("data/2021/plan.yaml", "name: “奋进新征程”拔河比赛", "name: 拔河赛");
    project.replace("data/2021/plan.yaml", "task: 学讲话、学典型", "task: 学讲话，学典型");
    project.write(
        "data/2021/updates.yaml",
        "- { on: 2021-05-06, about: tug-of-war, date: 2021-05-14 }\n",
    );
    project.build();
    assert_eq!(uids(&project), before);
}

#[test]
fn no_uid_stands_twice_on_a_site_with_years_and_branches() {
    let project = Project::fixture("traditional");
    project.build();
    let mut owners = std::collections::BTreeMap::new();
    for path in project.site().keys().filter(|path| path.ends_with("calendar.ics")) {
        for uid in lines(&project, path).into_iter().filter(|line| line.starts_with("UID:")) {
            if let Some(other) = owners.insert(uid.clone(), path.clone()) {
                panic!("{uid} stands in {other} and in {path}");
            }
        }
    }
    assert!(!owners.is_empty());
}

#[test]
fn addresses_are_given_only_where_the_sites_is_known() {
    let known = Project::fixture("by-month");
    known.build();
    let lines = lines(&known, "2024/calendar.ics");
    assert_has(
        &lines,
        &[
            "URL:https://www.example.edu.cn/gonghui/2024/calendar.html",
            "SOURCE;VALUE=URI:https://www.example.edu.cn/gonghui/2024/calendar.ics",
            "URL:https://www.example.edu.cn/gonghui/2024/activities/basketball.html",
            "UID:2024.basketball@www.example.edu.cn/gonghui",
        ],
    );
    let office = known.page("2024/offices/culture.html");
    for text in [
        "href=\"webcal://www.example.edu.cn/gonghui/2024/offices/culture.ics\"",
        "<code class=\"address\">https://www.example.edu.cn/gonghui/2024/offices/culture.ics</code>",
    ] {
        assert!(office.contains(text), "{office}");
    }
    let unknown = Project::shipped();
    unknown.build();
    assert!(!unknown.page("2021/calendar.ics").contains("URL"));
    let office = unknown.page("2021/offices/publicity.html");
    assert!(!office.contains("webcal:"));
    assert!(office.contains("href=\"publicity.ics\""), "{office}");
    assert!(office.contains("href=\"../calendar.html#subscribe\""), "{office}");
}

#[test]
fn text_from_data_adds_no_line_of_its_own() {
    let attack = "甲,乙;丙\\\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE";
    let project = Project::shipped();
    let text = attack.replace('\\', "\\\\").replace('\n', "\\n");
    project.replace("data/2021/plan.yaml", "task: 学讲话、学典型", &format!("task: \"{text}\""));
    project.write(
        "data/2021/updates.yaml",
        format!("- {{ on: 2021-05-06, about: tug-of-war, place: \"{text}\" }}\n"),
    );
    // Where a line break is refused, there is nothing to publish; where it is not, it is escaped.
    if project.run(&["build"]).status.success() {
        let lines = lines(&project, "2021/calendar.ics");
        assert!(!lines.iter().any(|line| line == "BEGIN:VALARM"), "{lines:#?}");
    }
    let project = Project::shipped();
    project.replace("data/2021/plan.yaml", "task: 学讲话、学典型", "task: '甲,乙;丙\\n丁'");
    project.build();
    event(&project, "2021/calendar.ics", "甲\\,乙\\;丙\\\\n丁");
}

#[test]
fn every_line_of_every_calendar_is_short_and_ends_as_it_must() {
    for name in ["by-month", "traditional"] {
        let project = Project::fixture(name);
        project.build();
        for (path, bytes) in project.site() {
            if path.ends_with(".ics") {
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.starts_with("BEGIN:VCALENDAR\r\n"), "{path}");
                assert!(text.ends_with("END:VCALENDAR\r\n"), "{path}");
                for line in text.split_terminator("\r\n") {
                    assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{path}: {line}");
                }
            }
        }
    }
}

#[test]
fn all_updates_stand_on_a_page_of_their_own_the_latest_first() {
    let project = Project::fixture("by-month");
    project.build();
    let page = project.page("2024/updates.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(at("datetime=\"2024-05-15\"") < at("datetime=\"2024-05-02\""));
    assert!(at("datetime=\"2024-05-02\"") < at("datetime=\"2024-03-01\""));
    assert!(project.page("2024/index.html").contains("href=\"updates.html\""));
    assert!(project.page("index.html").contains("href=\"2024/updates.html\""));
    let without = Project::shipped();
    without.build();
    assert!(!without.site().contains_key("2021/updates.html"));
    assert!(!without.page("index.html").contains("updates.html"));
}
