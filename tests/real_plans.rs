//! Plans as other unions issue them, with fields that the shipped one lacks: whatever they say is
//! shown wherever a reader would look for it.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::PathBuf;
use support::{Project, home, plain_text, stderr};
use unionplan::plan::{Plan, Union};
use unionplan::source;

/// A union's plan, built.
struct Built {
    name: String,
    project: Project,
    union: Union,
    plan: Plan,
}

impl Built {
    /// Builds a plan without a fault or a warning.
    fn new(name: &str, union: &[u8], year: i32, plan: &[u8], language: &str) -> Self {
        let project = Project::empty();
        project.write("data/union.yaml", union);
        project.write(&format!("data/{year}/plan.yaml"), plan);
        project.write("site/site.yaml", format!("language: {language}\n"));
        let output = project.run(&["build", "--strict"]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        let (folders, _) = source::discover(project.root());
        let (union, _) = source::read_union(project.root(), &folders[0]);
        let union = union.unwrap();
        let (plan, _) = source::read_plan(project.root(), &folders[0].years[0], &union);
        let plan = plan.unwrap();
        Self { name: name.to_owned(), project, union, plan }
    }

    /// What a page of the plan says, without blanks.
    fn page(&self, path: &str) -> String {
        plain_text(&self.project.page(&format!("{}/{path}", self.plan.year)))
    }

    fn insist(&self, path: &str, words: &str) {
        let wanted: String = words.split_whitespace().collect();
        assert!(self.page(path).contains(&wanted), "{}: {path} lacks {words}", self.name);
    }
}

/// Every notice that is kept for imports.
fn all() -> Vec<Built> {
    let mut folders: Vec<PathBuf> = fs::read_dir(home().join("tests/import"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|folder| folder.join("plan.yaml").exists())
        .collect();
    folders.sort();
    assert!(folders.len() >= 18);
    let build = |folder: &PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let year = name.rsplit('-').next().unwrap().parse().unwrap();
        let read = |file: &str| fs::read(folder.join(file)).unwrap();
        Built::new(&name, &read("union.yaml"), year, &read("plan.yaml"), "zh-CN")
    };
    folders.iter().map(build).collect()
}

/// A plan that has every field there is.
fn with_every_field(language: &str) -> Built {
    let union = "name: 某大学工会\noffices:\n  - { id: own, name: 组织部 }\n  - { id: helping, name: 后勤处 }\nleaders:\n  - { id: leader, name: 王五 }\n";
    let plan = "title: 某大学2024年工会工作要点\nissued: 2024-03-01\ndocument_number: 校工〔2024〕5号\nschedule_title: 任务清单\nsections:\n  - title: 思想引领\n    text: 坚持以下原则。\n    items:\n      - title: 抓学习\n        group: （一）学习教育\n        label: （甲）\n        tasks:\n          - task: 读书班（4月）\n            when: 4月\n            leader: 王五\n            office: 组织部\n            support: 后勤处\n            audience: 青年教职工\n            remark: 经费另拨\n            activities:\n              - { id: reading, name: 读书班, when: 4月, place: 三楼会议室 }\n          - task: 日常学习\n            when: 全年\n            office: 组织部\n            support: 全体\n            audience: 各小组\n            remark: 每周一次\n    tasks:\n      - task: 直属的任务\n        when: 5月\n        office: 组织部\n        remark: 随时补充\ntasks:\n  - task: 另外的任务\n    when: 6月\n    support: 后勤处\n    audience: 退休教职工\n";
    Built::new("every field", union.as_bytes(), 2024, plan.as_bytes(), language)
}

#[test]
fn every_field_stands_on_every_page_where_it_belongs() {
    for (language, helps) in [("zh-CN", "配合：后勤处"), ("en", "Support:后勤处")] {
        let built = with_every_field(language);
        for (path, words) in [
            ("items/1.html", &["（一）学习教育", "（甲）", "青年教职工", "经费另拨", helps][..]),
            (
                "sections/1.html",
                &[
                    "坚持以下原则。",
                    "（一）学习教育",
                    "（甲）",
                    "青年教职工",
                    "经费另拨",
                    helps,
                    "随时补充",
                ],
            ),
            (
                "schedule.html",
                &[
                    "（一）学习教育（甲）抓学习",
                    "后勤处",
                    "青年教职工",
                    "经费另拨",
                    "直属的任务",
                    "另外的任务",
                ],
            ),
            ("months/04.html", &["青年教职工", "经费另拨", helps]),
            ("months/05.html", &["直属的任务", "随时补充"]),
            ("months/06.html", &["另外的任务", "退休教职工", helps]),
            ("calendar.html", &["青年教职工", "经费另拨", "每周一次", "各小组"]),
            ("offices/own.html", &["青年教职工", "经费另拨", helps, "随时补充", "每周一次"]),
            ("offices/helping.html", &["读书班（4月）", "青年教职工", "另外的任务", "日常学习"]),
            ("offices.html", &["日常学习", "每周一次"]),
            ("leaders/leader.html", &["青年教职工", "经费另拨", helps]),
            (
                "activities/reading.html",
                &["三楼会议室", "青年教职工", "经费另拨", "后勤处", "（甲）"],
            ),
            ("index.html", &["另外的任务", "退休教职工", "校工〔2024〕5号"]),
            (
                "notice.html",
                &[
                    "（一）学习教育",
                    "（甲）抓学习",
                    "坚持以下原则。",
                    "校工〔2024〕5号",
                    "1.另外的任务",
                ],
            ),
        ] {
            for words in words {
                built.insist(path, words);
            }
        }
    }
}

#[test]
fn search_and_calendars_have_every_field() {
    let built = with_every_field("zh-CN");
    let site = built.project.site();
    let texts = |ending: &str| -> String {
        let files = site.iter().filter(|(name, _)| name.ends_with(ending));
        files.map(|(_, bytes)| String::from_utf8_lossy(bytes).replace("\r\n ", "")).collect()
    };
    let search = texts(".js");
    for words in [
        "青年教职工",
        "经费另拨",
        "后勤处",
        "（一）学习教育",
        "校工〔2024〕5号",
        "三楼会议室",
        "随时补充",
    ] {
        assert!(search.contains(words), "the search lacks {words}");
    }
    let calendar = |name: &str| -> String {
        let bytes = &site[&format!("2024/{name}")];
        String::from_utf8_lossy(bytes).replace("\r\n ", "")
    };
    for words in
        ["配合科室：后勤处", "参加人员：青年教职工", "备注：经费另拨", "LOCATION:三楼会议室"]
    {
        assert!(calendar("calendar.ics").contains(words), "the calendar lacks {words}");
    }
    // An office's calendar has the work in which it helps.
    let helping = calendar("offices/helping.ics");
    assert!(helping.contains("SUMMARY:4月：读书班") && helping.contains("另外的任务"), "{helping}");
    assert!(!helping.contains("直属的任务"), "{helping}");
}

#[test]
fn nothing_that_a_real_plan_says_is_lost() {
    let mut fields = [0; 6];
    for built in all() {
        let (plan, union) = (&built.plan, &built.union);
        for task in &plan.tasks {
            let page = match (task.item, task.section) {
                (Some(item), _) => format!("items/{}.html", plan.items[item].id),
                (None, Some(section)) => format!("sections/{}.html", plan.sections[section].id),
                (None, None) => "index.html".to_owned(),
            };
            let supporting: Vec<&str> = union.office_names(&task.support).collect();
            let facts = task.audience.iter().chain(&task.remark).map(String::as_str);
            for words in facts.chain(supporting.iter().copied()).chain([task.text.as_str()]) {
                built.insist(&page, words);
                built.insist("schedule.html", words);
            }
            for office in &task.support.named {
                let page = format!("offices/{}.html", union.offices[*office].id);
                built.insist(&page, &task.text);
            }
            fields[0] += usize::from(task.audience.is_some());
            fields[1] += usize::from(task.remark.is_some());
            fields[2] += supporting.len();
        }
        for item in &plan.items {
            if let Some(group) = &item.group {
                let section = format!("sections/{}.html", plan.sections[item.section].id);
                for page in
                    [&section, &format!("items/{}.html", item.id), "notice.html", "index.html"]
                {
                    built.insist(page, group);
                }
                if !item.tasks.is_empty() {
                    built.insist("schedule.html", group);
                }
                fields[3] += 1;
            }
            if let Some(label) = &item.label {
                built
                    .insist(&format!("items/{}.html", item.id), &format!("{label} {}", item.title));
                fields[4] += 1;
            }
        }
        if let Some(number) = &plan.document_number {
            built.insist("index.html", number);
            built.insist("notice.html", number);
            fields[5] += 1;
        }
    }
    assert!(fields.iter().all(|count| *count > 2), "the plans use every field: {fields:?}");
}

#[test]
fn pages_say_nothing_of_a_table_or_a_letter_that_there_is_not() {
    for built in all() {
        let (plan, name) = (&built.plan, &built.name);
        let schedule = built.page("schedule.html");
        assert_eq!(
            schedule.contains("合并的单元格与印发的表一致"),
            plan.schedule_title.is_some(),
            "{name}"
        );
        assert_eq!(
            schedule.contains("随通知印发"),
            plan.schedule_title.is_some() && plan.notice.is_some(),
            "{name}"
        );
        let home = built.page("index.html");
        assert_eq!(home.contains("科室通知"), plan.notice.is_some(), "{name}: the door");
        assert_eq!(home.contains("科室全文"), plan.notice.is_none(), "{name}: the door");
        for page in built.project.site().keys().filter(|page| page.ends_with(".html")) {
            let html = built.project.page(page);
            for nothing in ["0项任务", "0项要点", "0个部分"] {
                let counted =
                    ["，", "：", "的", "、", "和", "\"", ">"].map(|c| format!("{c}{nothing}"));
                assert!(
                    !counted.iter().any(|words| html.contains(words)),
                    "{name}: {page}: {nothing}"
                );
            }
        }
    }
}

#[test]
fn a_plan_without_tasks_has_no_empty_table_and_no_empty_year() {
    let built = all().into_iter().find(|built| built.plan.tasks.is_empty()).unwrap();
    let schedule = built.project.page(&format!("{}/schedule.html", built.plan.year));
    assert!(!schedule.contains("<table") && schedule.contains("计划里没有列出任务和完成时间。"));
    let home = built.project.page("index.html");
    assert!(!home.contains("这一年，按月看") && !home.contains("class=\"months\""));
    built.insist("offices.html", "计划里没有写责任科室和责任领导。");
}

#[test]
fn a_table_whose_rows_name_no_item_has_no_column_of_items() {
    let items_without_rows =
        |plan: &Plan| !plan.items.is_empty() && plan.tasks.iter().all(|task| task.item.is_none());
    let built = all();
    let mut found =
        built.iter().filter(|b| items_without_rows(&b.plan) && !b.plan.tasks.is_empty());
    let built = found.next().expect("there is such a plan");
    let html = built.project.page(&format!("{}/schedule.html", built.plan.year));
    assert!(
        html.contains("<th scope=\"col\">事项</th>")
            && !html.contains("<th scope=\"col\">要点</th>")
    );
}
