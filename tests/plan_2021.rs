//! The plan of 2021 as shipped: its facts, and every word of its notice on the site.

#![allow(clippy::unwrap_used)]

mod support;

use std::path::Path;
use support::{Project, plain_text};
use unionplan::plan::calendar::{Calendar, Entry};
use unionplan::plan::when::Lane;
use unionplan::plan::{Plan, Task, Union};
use unionplan::source;

fn shipped() -> (Union, Plan) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folders, report) = source::discover(root);
    assert!(report.is_empty(), "{report:?}");
    let (union, report) = source::read_union(root, &folders[0]);
    assert!(report.is_empty(), "{report:?}");
    let union = union.unwrap();
    let (plan, report) = source::read_plan(root, &folders[0].years[0], &union);
    assert!(report.is_empty(), "{report:?}");
    (union, plan.unwrap())
}

fn count(plan: &Plan, wanted: impl Fn(&Task) -> bool) -> usize {
    plan.tasks.iter().filter(|task| wanted(task)).count()
}

#[test]
fn holds_4_sections_16_items_32_tasks_and_7_activities() {
    let (_, plan) = shipped();
    assert_eq!((plan.sections.len(), plan.items.len()), (4, 16));
    assert_eq!((plan.tasks.len(), plan.activities.len()), (32, 7));
    let tasks: Vec<usize> = plan.sections.iter().map(|section| section.tasks.len()).collect();
    assert_eq!(tasks, [7, 8, 10, 7]);
    assert_eq!(plan.issued.unwrap().to_string(), "2021-03-29");
}

#[test]
fn offices_answer_for_17_9_and_everyone_for_6() {
    let (union, plan) = shipped();
    let office = |name: &str| {
        let index = union.offices.iter().position(|office| office.name == name).unwrap();
        count(&plan, |task| task.offices.named.contains(&index))
    };
    assert_eq!((office("宣教科"), office("综合科")), (17, 9));
    assert_eq!(count(&plan, |task| task.offices.everyone), 6);
}

#[test]
fn leaders_answer_for_15_and_17() {
    let (union, plan) = shipped();
    let leader = |name: &str| {
        let index = union.leaders.iter().position(|leader| leader.name == name).unwrap();
        count(&plan, |task| task.leaders == [index])
    };
    assert_eq!((leader("何频"), leader("刘婕")), (15, 17));
}

#[test]
fn tasks_run_all_year_20_as_appropriate_3_in_a_month_9() {
    let (_, plan) = shipped();
    let lane = |lane: Lane| count(&plan, |task| task.when.as_ref().unwrap().lane() == lane);
    assert_eq!(lane(Lane::AllYear), 20);
    assert_eq!(lane(Lane::AsAppropriate), 3);
    assert_eq!(lane(Lane::Months), 9);
}

#[test]
fn seven_activities_have_a_month_of_their_own() {
    let (_, plan) = shipped();
    let activities: Vec<(&str, &str)> = plan
        .activities
        .iter()
        .map(|activity| (activity.name.as_str(), activity.when.as_ref().unwrap().text()))
        .collect();
    assert_eq!(
        activities,
        [
            ("“奋进新征程”拔河比赛", "5月"),
            ("“科大教工心向党”朗诵比赛", "6月"),
            ("“永远跟党走——中国工会发展史”展览", "7月"),
            ("篮球赛", "4月"),
            ("乒乓球赛", "10月"),
            ("气排球赛", "11月"),
            ("“团结杯”教职工运动会", "10月"),
        ]
    );
}

#[test]
fn rows_fall_into_months_by_their_own_time_or_their_activities() {
    let (_, plan) = shipped();
    let calendar = Calendar::of(&plan);
    let rows = |month: &Vec<Entry>| {
        let mut rows: Vec<usize> = month.iter().map(|entry| entry.task(&plan)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    };
    let by_month: Vec<usize> = calendar.months.iter().map(rows).collect();
    assert_eq!(by_month, [0, 0, 2, 1, 3, 3, 1, 0, 1, 2, 2, 0]);
    assert_eq!(calendar.all_year.len(), 20);
    assert_eq!(calendar.as_appropriate.len(), 3);
}

#[test]
fn titles_that_differ_between_text_and_table_are_kept_in_both_wordings() {
    let (_, plan) = shipped();
    let differing: Vec<(&str, &str)> = plan
        .items
        .iter()
        .filter_map(|item| Some((item.title.as_str(), item.schedule_title.as_deref()?)))
        .collect();
    assert_eq!(
        differing,
        [
            ("隆重开展庆祝建党100周年系列活动", "庆祝建党100周年系列活动"),
            ("隆重开展庆祝“三八”国际妇女节系列活动", "庆祝“三八”妇女节系列活动"),
            ("完善民主管理", "加强民主管理"),
        ]
    );
}

/// The notice as issued, cut into its table's cells and its text's sentences, without blanks.
fn sentences() -> Vec<String> {
    let notice = include_str!("fixtures/notice-2021.txt");
    let parts = notice.split(['\n', '\t', '。']);
    let bare = parts.map(|part| part.split_whitespace().collect::<String>());
    bare.filter(|part| !part.is_empty()).collect()
}

#[test]
fn every_sentence_of_the_notice_stands_on_the_site() {
    let project = Project::shipped();
    project.build();
    let notice = plain_text(&project.page("2021/notice.html"));
    let schedule = plain_text(&project.page("2021/schedule.html"));
    let sentences = sentences();
    assert!(sentences.len() > 200, "the notice was not cut as meant: {}", sentences.len());
    for sentence in &sentences {
        assert!(
            notice.contains(sentence) || schedule.contains(sentence),
            "not on the site: {sentence}"
        );
    }
}

#[test]
fn every_task_stands_on_its_item_its_office_and_its_leader() {
    let (union, plan) = shipped();
    let project = Project::shipped();
    project.build();
    for task in &plan.tasks {
        let item = &plan.items[task.item.unwrap()];
        let bare: String = task.text.split_whitespace().collect();
        let mut pages = vec![format!("2021/items/{}.html", item.id)];
        pages.extend(
            task.offices
                .named
                .iter()
                .map(|i| format!("2021/offices/{}.html", union.offices[*i].id)),
        );
        pages.extend(
            task.leaders.iter().map(|i| format!("2021/leaders/{}.html", union.leaders[*i].id)),
        );
        for page in pages {
            assert!(plain_text(&project.page(&page)).contains(&bare), "{page} lacks {bare}");
        }
    }
}
