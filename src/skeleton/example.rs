//! The very first files of a union that has none: a small plan that shows what there is, and a
//! `union.yaml` that says what belongs there.

use super::Skeleton;
use crate::data_file::writer::Writer;
use crate::diagnostic::Language;
use crate::plan::Union;
use crate::words;

/// Offices of the example, until there are others.
const OFFICES: [(&str, &str); 2] = [("publicity", "宣教科"), ("general", "综合科")];
/// Leaders of the example, until there are others.
const LEADERS: [(&str, &str); 2] = [("zhang-san", "张三"), ("li-si", "李四")];
/// Name and short name of the example's union.
const NAMES: [&str; 2] = ["中国教育工会某某大学委员会", "某某大学工会"];

/// A commented `union.yaml`.
pub fn union_file(language: Language) -> Skeleton {
    let mut writer = Writer::new(language);
    let people = |writer: &mut Writer, key: &str, people: [(&str, &str); 2]| {
        writer.list(key, |writer| {
            for (id, name) in people {
                writer.line(&format!("- {{ id: {id}, name: {name} }}"));
            }
        });
    };
    writer.comment(&words!(
        "工会的基本情况：谁发布计划，有哪些科室和领导。各年的计划都用它。\n\
         “# ”开头的行是注释，不会显示；改好一处，就删掉那里的“待改”。",
        "The union: who publishes plans, and its offices and leaders. All years use it.\n\
         Lines that begin with “# ” are comments and are not shown; once a place is done, take out its TO CHANGE."
    ));
    writer.please_change(&words!("工会全称，照落款写。", "the union's full name, as it signs."));
    writer.pair("name", NAMES[0]);
    writer.please_change(&words!(
        "简称，显示在每页左上角。",
        "the short name, at the top left of each page."
    ));
    writer.pair("short_name", NAMES[1]);
    writer.blank();
    writer.please_change(&words!(
        "责任科室，一行一个，照安排表里的名称写。\n\
         id 用在网址里，只用小写字母、数字和连字符，定下以后不要再改。",
        "the offices, one a line, named as in the schedule.\n\
         The id is part of addresses: small letters, digits and hyphens; don't change it later."
    ));
    people(&mut writer, "offices", OFFICES);
    writer.comment(&words!(
        "代表“所有科室”的词：写了它的任务，每个科室的页面都会列出。",
        "The word for all offices: their pages list every task that has it."
    ));
    writer.pair("everyone", "全体");
    writer.blank();
    writer.please_change(&words!("责任领导，一行一位。", "the leaders, one a line."));
    people(&mut writer, "leaders", LEADERS);
    writer.into()
}

/// A small plan that is complete, with offices and leaders of a union where it has some.
pub fn example(union: Option<&Union>, year: i32, language: Language) -> Skeleton {
    let names = |known: Option<Vec<&str>>, else_: [(&str, &'static str); 2]| -> Vec<String> {
        match known {
            Some(names) => names.into_iter().map(str::to_owned).collect(),
            None => else_.map(|(_, name)| name.to_owned()).to_vec(),
        }
    };
    let offices = union.map(|union| union.offices.iter().map(|o| o.name.as_str()).collect());
    let leaders = union.map(|union| union.leaders.iter().map(|l| l.name.as_str()).collect());
    let example = Example {
        year,
        union: union.map_or(NAMES[1], |union| &union.short_name),
        everyone: union.map_or("全体", |union| &union.everyone),
        offices: names(offices, OFFICES),
        leaders: names(leaders, LEADERS),
    };
    let mut writer = Writer::new(language);
    example.write(&mut writer);
    writer.into()
}

/// A plan to look at and to replace.
struct Example<'u> {
    year: i32,
    union: &'u str,
    everyone: &'u str,
    offices: Vec<String>,
    leaders: Vec<String>,
}

impl Example<'_> {
    fn write(&self, writer: &mut Writer) {
        let Self { year, union, .. } = self;
        writer.comment(&words!(
            "{year}年的计划。里面的部分、要点、任务都是例子，照自己的计划改。\n\
             “# ”开头的行是注释，不会显示；改好一处，就删掉那里的“待改”。\n\
             名称（title、when 等）和行首的空格不要动，改右边的文字。",
            "The plan of {year}. Its sections, items and tasks are examples; put in your own.\n\
             Lines that begin with “# ” are comments and are not shown; once a place is done, take out its TO CHANGE.\n\
             Leave the keys (title, when …) and the blanks at the beginning of lines; change what is on the right."
        ));
        writer.please_change(&words!("题目，照自己的写。", "the title, in your own words."));
        writer.pair("title", &format!("{union}{year}年工作要点"));
        writer.please_change(&words!(
            "印发以后填上月和日，去掉行首的“# ”。",
            "once it is issued, fill in month and day, and take away the “# ”."
        ));
        writer.muted(|writer| writer.line(&format!("issued: {year}-月-日")));
        writer.blank();
        writer
            .please_change(&words!("总体思路；不用就删掉。", "the overall idea, or take it out."));
        writer.paragraphs("overview", &["（例子）这一年的总体思路写在这里。"]);
        writer.blank();
        writer.list("sections", |writer| {
            writer.entry(|writer| self.first_section(writer));
            writer.blank();
            writer.entry(|writer| self.second_section(writer));
        });
    }

    fn first_section(&self, writer: &mut Writer) {
        writer.please_change(&words!(
            "第一部分。题目不写“一、”，网页会编号。",
            "the first section. Pages number it by themselves."
        ));
        writer.pair("title", "加强思想引领");
        let item = |writer: &mut Writer| {
            writer
                .please_change(&words!("要点：题目、正文、任务。", "an item: title, text, tasks."));
            writer.pair("title", "组织理论学习");
            writer.paragraphs("text", &["（例子）要点的正文照通知写。"]);
            writer.list("tasks", |writer| {
                self.task(
                    writer,
                    "组织教职工学习",
                    "每月",
                    self.leaders.first(),
                    Some(self.everyone),
                );
                let office = self.offices.first().map(String::as_str);
                self.task(writer, "举办先进事迹报告会", "5月", self.leaders.last(), office);
            });
        };
        writer.list("items", |writer| writer.entry(item));
    }

    fn second_section(&self, writer: &mut Writer) {
        writer.please_change(&words!("第二部分。", "the second section."));
        writer.pair("title", "丰富文体生活");
        let games = |writer: &mut Writer| {
            writer.pair("title", "组织文体活动");
            writer.list("tasks", |writer| self.games(writer));
        };
        let service = |writer: &mut Writer| {
            writer.pair("title", "做好服务保障");
            let office = self.offices.last().map(String::as_str);
            writer.list("tasks", |writer| {
                self.task(writer, "安排教职工体检", "11月底前", self.leaders.first(), office);
            });
        };
        writer.list("items", |writer| {
            writer.entry(games);
            writer.entry(service);
        });
    }

    /// A task with activities.
    fn games(&self, writer: &mut Writer) {
        let office = self.offices.first().map(String::as_str);
        let task = "篮球赛（4月）、教职工运动会（10月）";
        self.task(writer, task, "适时", self.leaders.last(), office);
        writer.within(|writer| {
            writer.comment(&words!(
                "任务里点了名的活动，每个写一条，名称和任务里的字句一致；它会有自己的一页。",
                "Activities that the task names, in its very words; each gets a page of its own."
            ));
            writer.list("activities", |writer| {
                writer.line("- { id: basketball, name: 篮球赛, when: 4月 }");
                writer.line("- { id: sports-day, name: 教职工运动会, when: 10月 }");
            });
        });
    }

    fn task(
        &self,
        writer: &mut Writer,
        task: &str,
        when: &str,
        leader: Option<&String>,
        office: Option<&str>,
    ) {
        writer.entry(|writer| {
            writer.pair("task", task);
            writer.pair("when", when);
            if let Some(leader) = leader {
                writer.pair("leader", leader);
            }
            if let Some(office) = office {
                writer.pair("office", office);
            }
        });
    }
}
