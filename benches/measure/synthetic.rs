//! Synthetic plans: unions × years, each plan of about 37 pages and 20 KB, no two alike.

use serde::Serialize;
use std::fs;
use std::path::Path;

const OFFICES: [(&str, &str); 3] =
    [("publicity", "宣教科"), ("general", "综合科"), ("women", "女工科")];
const LEADERS: [(&str, &str); 2] = [("zhao-ming", "赵明"), ("qian-hua", "钱华")];
/// The times of the synthetic tasks. Those of activities are single months, such as `5月`.
pub const TIMES: [&str; 12] = [
    "全年",
    "3月",
    "适时",
    "5月",
    "6月底前",
    "3-5月",
    "全年",
    "9月",
    "10月",
    "全年",
    "上半年",
    "11月",
];
const VERBS: [&str; 8] = [
    "组织开展",
    "深入推进",
    "健全完善",
    "认真落实",
    "积极探索",
    "持续做好",
    "广泛宣传",
    "切实加强",
];
const SUBJECTS: [&str; 10] = [
    "教职工代表大会提案征集和办理",
    "青年教职工教学竞赛",
    "困难教职工帮扶和送温暖",
    "教职工体检和健康讲座",
    "劳模精神和工匠精神宣传",
    "社团文化活动和团队建设",
    "女教职工权益维护",
    "校务公开监督检查",
    "分工会干部业务培训",
    "工会经费管理和审核",
];

#[derive(Serialize)]
struct UnionFile {
    name: String,
    short_name: String,
    offices: Vec<Person>,
    everyone: &'static str,
    leaders: Vec<Person>,
}

#[derive(Serialize)]
struct Person {
    id: &'static str,
    name: &'static str,
}

#[derive(Serialize)]
struct PlanFile {
    title: String,
    issued: String,
    notice: Notice,
    schedule_title: String,
    overview: String,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Notice {
    title: String,
    to: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Section {
    title: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    title: String,
    text: Vec<String>,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    task: String,
    when: &'static str,
    leader: &'static str,
    office: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    activities: Vec<Activity>,
}

#[derive(Serialize)]
struct Activity {
    id: String,
    name: String,
    when: String,
}

/// Writes a root folder with `unions` unions of `years` plans each.
pub fn generate(
    root: &Path,
    unions: usize,
    years: usize,
) -> Result<(), Box<dyn std::error::Error>> {
    for union in 0..unions {
        let folder = match union {
            0 => root.join("data"),
            _ => root.join(format!("data/branches/branch-{union}")),
        };
        fs::create_dir_all(&folder)?;
        let people = |list: &[(&'static str, &'static str)]| {
            list.iter().map(|(id, name)| Person { id, name }).collect()
        };
        let file = UnionFile {
            name: format!("第{union}教育工会委员会"),
            short_name: format!("第{union}工会"),
            offices: people(&OFFICES),
            everyone: "全体",
            leaders: people(&LEADERS),
        };
        fs::write(folder.join("union.yaml"), serde_yaml::to_string(&file)?)?;
        for offset in 0..years {
            let year = 2026 - offset;
            fs::create_dir_all(folder.join(year.to_string()))?;
            let text = serde_yaml::to_string(&plan(union, year))?;
            fs::write(folder.join(format!("{year}/plan.yaml")), text)?;
        }
    }
    Ok(())
}

fn plan(union: usize, year: usize) -> PlanFile {
    let title = format!("第{union}工会{year}年工作要点");
    PlanFile {
        issued: format!("{year}-03-{:02}", 1 + union % 28),
        notice: Notice {
            title: format!("关于印发《{title}》的通知"),
            to: "各分工会",
            text: format!("现将《{title}》印发给你们，请遵照执行。"),
        },
        schedule_title: format!("第{union}工会{year}年主要工作安排表"),
        overview: sentences(union + year, 6),
        sections: (0..4).map(|number| section(union * 31 + year, number)).collect(),
        title,
    }
}

fn section(seed: usize, number: usize) -> Section {
    let items = if number == 0 { 3 } else { 2 };
    Section {
        title: format!("{}，{}", phrase(seed + number), phrase(seed + number + 3)),
        items: (0..items).map(|item| self::item(seed, number * 3 + item)).collect(),
    }
}

fn item(seed: usize, number: usize) -> Item {
    Item {
        title: phrase(seed + number * 7),
        text: (0..3).map(|paragraph| sentences(seed + number * 5 + paragraph, 6)).collect(),
        tasks: (0..3).map(|task| self::task(seed, number, task)).collect(),
    }
}

fn task(seed: usize, item: usize, number: usize) -> Task {
    let at = seed + item * 3 + number;
    let mut task = Task {
        task: format!("{}工作，年内覆盖{}个分工会", phrase(at), 3 + at % 20),
        when: TIMES[at % TIMES.len()],
        leader: LEADERS[at % 2].1,
        office: if at.is_multiple_of(7) { "全体" } else { OFFICES[at % 3].1 },
        activities: Vec::new(),
    };
    if item < 2 && number == 0 {
        let month = 3 + at % 9;
        let name = format!("“{}”教职工比赛", SUBJECTS[at % SUBJECTS.len()]);
        task.task = format!("{name}（{month}月）");
        task.when = "适时";
        task.activities =
            vec![Activity { id: format!("contest-{item}"), name, when: format!("{month}月") }];
    }
    task
}

fn phrase(seed: usize) -> String {
    format!("{}{}", VERBS[seed % VERBS.len()], SUBJECTS[(seed / 3) % SUBJECTS.len()])
}

fn sentences(seed: usize, count: usize) -> String {
    (0..count)
        .map(|index| {
            format!(
                "要{}，做到第{}项任务有安排、有检查、有总结。",
                phrase(seed * 3 + index * 11),
                seed + index
            )
        })
        .collect()
}
