//! A plan goes out as a workbook, is edited there and comes back into its file.

#![allow(clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::Path;
use support::workbooks::{Parts, pack, unpack};
use support::{Project, golden, stderr};
use unionplan::diagnostic::Report;
use unionplan::import::document::{Block, Merged};
use unionplan::import::read::sheet;
use unionplan::import::update::{Update, is_export, update};

const PLAN: &str = "data/2021/plan.yaml";
const BOOK: &str = "2021年工作安排表.xlsx";

/// The shipped plan and its workbook.
fn exported() -> (Project, Workbook) {
    let project = Project::shipped();
    let book = export(&project);
    (project, book)
}

fn export(project: &Project) -> Workbook {
    let output = project.run(&["export", "--force"]);
    assert!(output.status.success(), "{}", stderr(&output));
    Workbook::new(&fs::read(project.root().join(BOOK)).unwrap())
}

fn plan(project: &Project) -> String {
    fs::read_to_string(project.root().join(PLAN)).unwrap()
}

fn take_back(project: &Project, book: &Workbook) -> Result<Update, Report> {
    let bytes = book.bytes();
    assert!(is_export(Path::new(BOOK), &bytes));
    update(project.root(), Path::new(BOOK), &bytes)
}

/// The changes of an update in Chinese.
fn said(update: &Update) -> Vec<&str> {
    update.changes.iter().map(|words| words.zh.as_str()).collect()
}

/// What a file becomes, as lines that go and lines that come.
fn difference(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut lengths = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            lengths[a][b] = match old[a] == new[b] {
                true => lengths[a + 1][b + 1] + 1,
                false => lengths[a + 1][b].max(lengths[a][b + 1]),
            };
        }
    }
    let (mut a, mut b, mut lines) = (0, 0, Vec::new());
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            (a, b) = (a + 1, b + 1);
        } else if a < old.len() && (b == new.len() || lengths[a + 1][b] >= lengths[a][b + 1]) {
            lines.push(format!("-{}", old[a]));
            a += 1;
        } else {
            lines.push(format!("+{}", new[b]));
            b += 1;
        }
    }
    lines
}

/// What an update changes in the file, line by line.
fn changed(project: &Project, update: &Update) -> Vec<String> {
    difference(&plan(project), update.text.as_ref().unwrap())
}

fn codes(report: &Report) -> Vec<&str> {
    report.diagnostics().iter().map(|found| found.code).collect()
}

/// An exported workbook whose sheets are edited row by row, as a person would.
#[derive(Clone)]
struct Workbook {
    parts: Parts,
    texts: Vec<String>,
}

impl Workbook {
    fn new(bytes: &[u8]) -> Self {
        let parts = unpack(bytes);
        let shared = String::from_utf8(parts["xl/sharedStrings.xml"].clone()).unwrap();
        let texts = shared.split("<si>").skip(1).map(|text| {
            let inside = text.split("</t>").next().unwrap();
            let plain = &inside[inside.find('>').unwrap() + 1..];
            plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        });
        let texts = texts.collect();
        Self { parts, texts }
    }

    fn bytes(&self) -> Vec<u8> {
        pack(&self.parts)
    }

    fn part(number: usize) -> String {
        format!("xl/worksheets/sheet{number}.xml")
    }

    fn xml(&self, sheet: usize) -> String {
        String::from_utf8(self.parts[&Self::part(sheet)].clone()).unwrap()
    }

    /// The rows of a sheet as they are written.
    fn rows(&self, sheet: usize) -> Vec<String> {
        let xml = self.xml(sheet);
        let data = xml.split("<sheetData>").nth(1).unwrap().split("</sheetData>").next().unwrap();
        data.split_inclusive("</row>").map(str::to_owned).collect()
    }

    /// Writes rows one below the other, whatever their numbers were.
    fn set_rows(&mut self, sheet: usize, rows: &[String]) {
        let xml = self.xml(sheet);
        let (head, rest) = xml.split_once("<sheetData>").unwrap();
        let (_, tail) = rest.split_once("</sheetData>").unwrap();
        let data: String =
            rows.iter().enumerate().map(|(at, row)| renumbered(row, at + 1)).collect();
        let xml = format!("{head}<sheetData>{data}</sheetData>{tail}");
        self.parts.insert(Self::part(sheet), xml.into_bytes());
    }

    /// Takes all merges away, so that headings stand in their first row only.
    fn unmerge(&mut self) {
        let xml = self.xml(1);
        let start = xml.find("<mergeCells").unwrap();
        let end = xml.find("</mergeCells>").unwrap() + "</mergeCells>".len();
        self.parts.insert(Self::part(1), format!("{}{}", &xml[..start], &xml[end..]).into_bytes());
    }

    /// The position of the row in which a text stands.
    fn row_of(&self, sheet: usize, text: &str) -> usize {
        let index = self.texts.iter().position(|known| known == text);
        let index = index.unwrap_or_else(|| panic!("no cell says {text}"));
        let cell = format!("<v>{index}</v>");
        self.rows(sheet).iter().position(|row| row.contains(&cell)).unwrap()
    }

    /// Types a text into a cell of a row.
    fn put(&mut self, sheet: usize, row: usize, column: char, text: &str) {
        let mut rows = self.rows(sheet);
        rows[row] = with_cell(&rows[row], column, row + 1, text);
        self.set_rows(sheet, &rows);
    }

    /// Types a text into a cell of the row in which another one stands.
    fn edit(&mut self, sheet: usize, of: &str, column: char, text: &str) {
        let row = self.row_of(sheet, of);
        self.put(sheet, row, column, text);
    }

    /// Inserts a row of cells below another.
    fn insert(&mut self, sheet: usize, below: usize, cells: &[(char, &str)]) {
        let mut rows = self.rows(sheet);
        let mut row = r#"<row r="0"></row>"#.to_owned();
        for (column, text) in cells {
            row = with_cell(&row, *column, 0, text);
        }
        rows.insert(below + 1, row);
        self.set_rows(sheet, &rows);
    }

    fn remove(&mut self, sheet: usize, row: usize) {
        let mut rows = self.rows(sheet);
        rows.remove(row);
        self.set_rows(sheet, &rows);
    }

    /// Moves a row, so that it stands at a position among the others.
    fn shift(&mut self, sheet: usize, row: usize, to: usize) {
        let mut rows = self.rows(sheet);
        let moved = rows.remove(row);
        rows.insert(to, moved);
        self.set_rows(sheet, &rows);
    }
}

/// A row with another number.
fn renumbered(row: &str, number: usize) -> String {
    let mut text = String::new();
    let mut rest = row;
    while let Some(at) = rest.find(" r=\"") {
        let (front, back) = rest.split_at(at + 4);
        let (name, after) = back.split_once('"').unwrap();
        let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
        text.push_str(&format!("{front}{letters}{number}\""));
        rest = after;
    }
    text + rest
}

/// A row in which a cell says something else.
fn with_cell(row: &str, column: char, number: usize, text: &str) -> String {
    let cell = support::workbooks::text(&format!("{column}{number}"), text);
    let name = format!("<c r=\"{column}{number}\"");
    if let Some(start) = row.find(&name) {
        let rest = &row[start..];
        let is_blank = rest.find("/>").is_some_and(|at| at < rest.find('>').unwrap());
        let end =
            if is_blank { rest.find("/>").unwrap() + 2 } else { rest.find("</c>").unwrap() + 4 };
        return format!("{}{cell}{}", &row[..start], &rest[end..]);
    }
    row.replace("</row>", &format!("{cell}</row>"))
}

#[test]
fn the_shipped_plan_is_exported_as_issued() {
    let (project, _) = exported();
    let bytes = fs::read(project.root().join(BOOK)).unwrap();
    let document = sheet::read(Path::new(BOOK), &bytes).unwrap();
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.piece.text.clone()),
            Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                let text = |cell: &unionplan::import::document::Cell| match cell.merged {
                    Merged::Above => "↑".to_owned(),
                    Merged::Left => "←".to_owned(),
                    Merged::No => cell.piece.text.clone(),
                };
                row.iter().map(text).collect::<Vec<_>>().join(" | ")
            })),
        }
    }
    golden("tests/round_trip/2021.txt", &(lines.join("\n") + "\n"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let (project, _) = exported();
    let first = fs::read(project.root().join(BOOK)).unwrap();
    let output =
        project.run(&["export", "--format", "xlsx", "--year", "2021", "-o", "另一份.xlsx"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(first == fs::read(project.root().join("另一份.xlsx")).unwrap());
}

#[test]
fn a_file_that_is_there_is_not_overwritten() {
    let (project, _) = exported();
    let output = project.run(&["export"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("没有覆盖"), "{}", stderr(&output));
}

#[test]
fn an_unedited_workbook_changes_nothing() {
    let (project, book) = exported();
    let update = take_back(&project, &book).unwrap();
    assert_eq!(update.text, None);
    assert!(!update.is_stale && update.changes.is_empty() && update.warnings.is_empty());
}

#[test]
fn a_value_is_changed_where_it_stands() {
    let (project, mut book) = exported();
    book.edit(1, "组织召开四届二次“双代会”", 'D', "6月");
    book.edit(1, "建立“政策解读直通车”制度", 'F', "宣教科\n综合科");
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        changed(&project, &update),
        [
            "-            when: 适时",
            "+            when: 6月",
            "-            office: 综合科",
            "+            office: 宣教科、综合科",
        ]
    );
    assert_eq!(
        said(&update),
        [
            "第二部分 第5项 任务2：时间 “适时” → “6月”",
            "第二部分 第6项 任务1：责任科室 “综合科” → “宣教科、综合科”",
        ]
    );
}

#[test]
fn activities_stay_when_the_words_of_their_task_change() {
    let (project, mut book) = exported();
    let task = "篮球赛（4月）、乒乓球赛（10月）、气排球赛（11月）“团结杯”教职工运动会（10月）";
    let new = task.replace("（11月）“", "（11月）、“");
    book.edit(1, task, 'C', &new);
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        changed(&project, &update),
        [format!("-          - task: {task}"), format!("+          - task: {new}")]
    );
}

#[test]
fn values_come_and_go() {
    let (project, mut book) = exported();
    book.edit(1, "安排好教职工体检", 'D', "");
    let header = book.row_of(1, "责任科室");
    book.put(1, header, 'H', "备注");
    book.edit(1, "安排好教职工体检", 'H', "分三批: 见通知");
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        changed(&project, &update),
        ["-            when: 11月", "+            remark: '分三批: 见通知'"]
    );
    assert_eq!(
        said(&update),
        [
            "第三部分 第9项 任务2：时间 “11月” → （空）",
            "第三部分 第9项 任务2：备注 （空） → “分三批: 见通知”",
        ]
    );
}

#[test]
fn tasks_are_added_removed_and_moved() {
    let (project, mut book) = exported();
    book.unmerge();
    let below = book.row_of(1, "建立“政策解读直通车”制度");
    book.insert(1, below, &[('C', "=公开三公经费"), ('D', "9月"), ('F', "全体")]);
    let row = book.row_of(1, "推进工会系统党风廉政建设");
    book.remove(1, row);
    let (from, to) =
        (book.row_of(1, "关心青年教职工成长"), book.row_of(1, "保护好女教职工合法权益和特殊利益"));
    book.shift(1, from, to);
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        said(&update),
        [
            "移动任务：第三部分 第11项 任务2 “保护好女教职工合法权益和特殊利益”，换了先后",
            "删除任务：第四部分 第16项 任务2 “推进工会系统党风廉政建设”",
            "新增任务：第二部分 第6项 “=公开三公经费”（时间 9月，责任科室 全体）",
        ]
    );
    assert_eq!(
        changed(&project, &update),
        [
            "+          - task: '=公开三公经费'",
            "+            when: 9月",
            "+            office: 全体",
            "-          - task: 保护好女教职工合法权益和特殊利益",
            "+          - task: 关心青年教职工成长",
            "-          - task: 关心青年教职工成长",
            "+          - task: 保护好女教职工合法权益和特殊利益",
            "-          - task: 推进工会系统党风廉政建设",
            "-            when: 全年",
            "-            leader: 何频",
            "-            office: 全体",
        ]
    );
}

#[test]
fn a_task_moves_to_another_item_with_its_activities() {
    let (project, mut book) = exported();
    book.unmerge();
    let task = "“奋进新征程”拔河比赛（5月）、“科大教工心向党”朗诵比赛（6月）、“永远跟党走——中国工会发展史”展览（7月）";
    let from = book.row_of(1, task);
    book.put(1, from, 'B', "10. 组织文体活动");
    book.shift(1, from, book.row_of(1, "规范社团管理，完善工作机制") - 1);
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        said(&update),
        [format!(
            "移动任务：第一部分 第2项 任务1 “{}…” → 第三部分 第10项",
            task.chars().take(40).collect::<String>()
        )]
    );
    let lines = changed(&project, &update);
    assert_eq!(lines.iter().filter(|line| line.contains("tug-of-war")).count(), 2, "{lines:#?}");
    assert!(lines.contains(&"-        tasks:".to_owned()), "{lines:#?}");
    let text = update.text.unwrap();
    let (front, _) = text.split_once("- task: 规范社团管理").unwrap();
    assert!(front.trim_end().ends_with("展览, when: 7月 }"), "{front}");
}

#[test]
fn texts_are_changed_paragraph_by_paragraph() {
    let (project, mut book) = exported();
    book.edit(2, "完善民主管理", 'B', "健全民主管理");
    let row = book.row_of(2, "section.2.title");
    book.insert(2, row, &[('A', "正文"), ('B', "第二部分有一段总的话。")]);
    let row = book.row_of(2, "item.5.text");
    book.insert(2, row, &[('B', "会前做好准备。")]);
    book.edit(1, "二、强化力量凝聚，建功立业呈现新局面", 'A', "二、凝聚力量");
    let update = take_back(&project, &book).unwrap();
    assert_eq!(
        changed(&project, &update),
        [
            "+    schedule_title: 凝聚力量",
            "+    text: 第二部分有一段总的话。",
            "-      - title: 完善民主管理",
            "+      - title: 健全民主管理",
            "+",
            "+          会前做好准备。",
        ]
    );
    assert_eq!(
        said(&update),
        [
            "第二部分 安排表里的题目 （空） → “凝聚力量”",
            "第二部分 正文 （空） → “第二部分有一段总的话。”",
            "第二部分 第5项 正文 新增第2段 “会前做好准备。”",
            "第二部分 第5项 题目 “完善民主管理” → “健全民主管理”",
        ]
    );
}

#[test]
fn a_file_that_has_changed_since_is_joined_where_that_is_possible() {
    let (project, mut book) = exported();
    project.replace(
        PLAN,
        "          - task: 建立健全各项规章制度\n            when: 全年",
        "          - task: 建立健全各项规章制度  # 已核对\n            when: 9月",
    );
    project.replace(
        PLAN,
        "      - title: 深化校务公开\n",
        "      - title: 新的一项\n        text: 以前没有。\n      - title: 深化校务公开\n",
    );
    book.edit(1, "建立健全各项规章制度", 'E', "刘婕");
    book.edit(1, "建立“政策解读直通车”制度", 'D', "7月");
    let update = take_back(&project, &book).unwrap();
    assert!(update.is_stale);
    assert_eq!(
        changed(&project, &update),
        [
            "-            when: 6月",
            "+            when: 7月",
            "-            leader: 何频",
            "+            leader: 刘婕"
        ]
    );
    assert_eq!(said(&update)[0], "第二部分 第7项 任务1：时间 “6月” → “7月”");
}

#[test]
fn what_both_sides_have_changed_is_told_with_both_places() {
    let (project, mut book) = exported();
    project.replace(
        PLAN,
        "组织召开四届二次“双代会”\n            when: 适时",
        "组织召开四届二次“双代会”\n            when: 5月",
    );
    book.edit(1, "组织召开四届二次“双代会”", 'D', "6月");
    let report = take_back(&project, &book).unwrap_err();
    assert_eq!(codes(&report), ["changed-in-both"]);
    let found = &report.diagnostics()[0];
    assert!(found.message.zh.contains("这里是“5月”，工作簿 工作安排表!D11 是“6月”"), "{found:?}");
    assert!(found.help[0].zh.contains("导出时是“适时”"), "{found:?}");
    let place = found.place.as_ref().unwrap();
    assert_eq!(place.path, PLAN);
    assert_eq!(place.spot.as_ref().unwrap().source, "            when: 5月");
}

#[test]
fn a_fault_is_told_at_its_cell_and_nothing_is_written() {
    let (project, mut book) = exported();
    book.edit(1, "组织召开四届二次“双代会”", 'D', "教师节前");
    book.edit(1, "建立“政策解读直通车”制度", 'F', "宣传科");
    let report = take_back(&project, &book).unwrap_err();
    let told: Vec<String> = report
        .diagnostics()
        .iter()
        .map(|found| format!("{} {}", found.code, found.place.as_ref().unwrap().path))
        .collect();
    assert_eq!(
        told,
        [
            "unreadable-time 2021年工作安排表.xlsx 工作安排表!D11",
            "unknown-office 2021年工作安排表.xlsx 工作安排表!F12"
        ]
    );
}

#[test]
fn what_can_not_be_taken_back_is_told() {
    let (project, book) = exported();
    let fault = |edit: &dyn Fn(&mut Workbook)| {
        let mut book = book.clone();
        edit(&mut book);
        let report = take_back(&project, &book).unwrap_err();
        codes(&report).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        fault(&|book| book.edit(1, "责任科室", 'F', "负责部门")),
        "unknown-column column-gone"
    );
    assert_eq!(fault(&|book| book.edit(1, "安排好教职工体检", 'C', "")), "row-without-task");
    let row = book.row_of(2, "item.5.title");
    assert_eq!(fault(&|book| book.remove(2, row)), "heading-gone");
    assert_eq!(fault(&|book| book.shift(2, row, row + 2)), "headings-out-of-order");
    assert_eq!(
        fault(&|book| book.insert(2, row, &[('A', "17."), ('B', "新的要点")])),
        "row-not-understood"
    );
    let last = book.rows(1).len() - 1;
    assert_eq!(
        fault(&|book| book.insert(1, last, &[('A', "注：以上安排可能调整。")])),
        "row-not-understood"
    );
    assert_eq!(fault(&|book| book.set_rows(1, &[])), "sheet-gone");
    let output = project.run(&["export", "--year", "2021", "--branch", "library"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
}

#[test]
fn reports_about_numbers_that_shift_are_told() {
    let project = Project::shipped();
    project.write("data/2021/updates.yaml", "- on: 2021-06-01\n  about: 6.2\n  status: 已完成\n");
    let mut book = export(&project);
    let below = book.row_of(1, "建立“政策解读直通车”制度");
    book.unmerge();
    book.insert(1, below, &[('C', "公开三公经费")]);
    let update = take_back(&project, &book).unwrap();
    assert_eq!(codes(&update.warnings), ["update-of-other-task"]);
    let found = &update.warnings.diagnostics()[0];
    assert!(found.help[0].zh.contains("about: 6.3"), "{found:?}");
}

#[test]
fn every_way_of_typing_is_kept_as_it_is() {
    let project = Project::shipped();
    let text = "\u{feff}# 头\r\ntitle: '2021年工作'   # 题\r\ntasks:\r\n- { task: 拔河, when: 5月, office: [宣教科, 综合科] } # 一\r\n- task: >-\r\n    跨行的\r\n    任务\r\n  # 二\r\n  when: { as: 教师节前, in: 9月 }\r\n  leader:\r\n    - 何频\r\n\r\n# 三\r\n- task: \"体检\"\r\n  remark: |\r\n    备";
    project.write(PLAN, text);
    let mut book = export(&project);
    assert_eq!(take_back(&project, &book).unwrap().text, None);
    book.edit(1, "拔河", 'B', "6月、7月");
    book.edit(1, "拔河", 'D', "");
    book.edit(1, "跨行的任务", 'B', "9月");
    book.edit(1, "跨行的任务", 'C', "何频、刘婕");
    book.edit(1, "体检", 'C', "刘婕");
    book.edit(1, "体检", 'A', "职工\"体检\"");
    let last = book.rows(1).len() - 1;
    book.insert(1, last, &[('A', "歌咏")]);
    let update = take_back(&project, &book).unwrap();
    let expected = text
        .replace("when: 5月, office: [宣教科, 综合科] }", "when: 6月、7月 }")
        .replace("{ as: 教师节前, in: 9月 }", "9月")
        .replace("leader:\r\n    - 何频", "leader: 何频、刘婕")
        .replace("- task: \"体检\"\r\n", "- task: '职工\"体检\"'\r\n  leader: 刘婕\r\n")
        + "\r\n- task: 歌咏";
    assert_eq!(update.text.unwrap(), expected);
}

/// The plans of the notices that are there to be imported, each with its year.
fn corpus() -> Vec<(Project, i32)> {
    let mut plans = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(support::home().join("tests/import"))
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders.into_iter().filter(|folder| folder.join("plan.yaml").is_file()) {
        let project = Project::empty();
        let year = folder.to_string_lossy().rsplit('-').next().unwrap().parse().unwrap();
        project.write("data/union.yaml", fs::read(folder.join("union.yaml")).unwrap());
        let plan = fs::read(folder.join("plan.yaml")).unwrap();
        project.write(&format!("data/{year}/plan.yaml"), plan);
        plans.push((project, year));
    }
    assert!(plans.len() >= 18);
    plans
}

/// The letter of the column that is headed so, and the positions of the rows below.
fn tasks_of(bytes: &[u8]) -> (char, Vec<(usize, String)>) {
    let book = sheet::open(Path::new(BOOK), bytes).unwrap();
    let cells = &book.sheets[0].cells;
    let ((header, column), _) = cells.iter().find(|(_, cell)| cell.text == "具体任务").unwrap();
    let below = cells.iter().filter(|((row, at), _)| at == column && row > header);
    let rows = below.map(|((row, _), cell)| (*row as usize - 1, cell.text.clone())).collect();
    (char::from(b'A' + *column as u8 - 1), rows)
}

#[test]
fn plans_of_all_kinds_go_out_and_come_back() {
    for (project, year) in corpus() {
        let name = format!("{year}年工作安排表.xlsx");
        let output = project.run(&["export"]);
        assert!(output.status.success(), "{year}: {}", stderr(&output));
        let bytes = fs::read(project.root().join(&name)).unwrap();
        let same = update(project.root(), Path::new(&name), &bytes).unwrap();
        assert!(same.text.is_none() && same.warnings.is_empty(), "{year}: {:?}", same.changes);

        let mut book = Workbook::new(&bytes);
        let (column, rows) = tasks_of(&bytes);
        for (row, text) in &rows {
            book.put(1, *row, column, &format!("{text}（改）"));
        }
        let edited = book.bytes();
        let changed = update(project.root(), Path::new(&name), &edited);
        let changed = changed.unwrap_or_else(|report| panic!("{year}: {report:?}"));
        assert_eq!(changed.changes.len(), rows.len(), "{year}: {:?}", changed.changes);
        let path = format!("data/{year}/plan.yaml");
        let old = fs::read_to_string(project.root().join(&path)).unwrap();
        let Some(text) = changed.text else {
            assert!(rows.is_empty());
            continue;
        };
        let lines = difference(&old, &text);
        assert!(
            lines.iter().all(|line| line.contains("task: ") || line.contains("（改）")),
            "{lines:#?}"
        );
        project.write(&path, &text);
        let again = update(project.root(), Path::new(&name), &edited).unwrap();
        assert!(again.is_stale && again.text.is_none(), "{year}: {:?}", again.changes);
    }
}

#[test]
fn an_update_is_written_and_the_old_file_is_kept() {
    let (project, mut book) = exported();
    book.edit(1, "组织召开四届二次“双代会”", 'D', "6月");
    let old = plan(&project);
    let take_back = || {
        let bytes = book.bytes();
        let language = unionplan::diagnostic::Language::Chinese;
        unionplan::cli::export::take_back(project.root(), Path::new(BOOK), &bytes, language)
    };
    assert_eq!(take_back(), std::process::ExitCode::SUCCESS);
    assert!(plan(&project).contains("组织召开四届二次“双代会”\n            when: 6月"));
    let kept = project.root().join("data/2021/plan.yaml.bak");
    assert_eq!(fs::read_to_string(&kept).unwrap(), old);
    assert_eq!(take_back(), std::process::ExitCode::SUCCESS);
    assert!(!project.root().join("data/2021/plan.yaml.2.bak").exists());
    project.build();
}

#[test]
fn a_damaged_or_forged_workbook_never_breaks_the_way_back() {
    let (project, book) = exported();
    let try_it = |parts: &Parts| {
        let _ = update(project.root(), Path::new(BOOK), &pack(parts));
    };
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"] {
        let content = &book.parts[name];
        for at in (0..content.len()).step_by(content.len() / 60 + 1) {
            for change in [0x01, 0x15] {
                let mut parts = book.parts.clone();
                parts.get_mut(name).unwrap()[at] ^= change;
                try_it(&parts);
            }
        }
    }
    // What the record names may not be there, or be anything.
    let strings = String::from_utf8(book.parts["xl/sharedStrings.xml"].clone()).unwrap();
    for (old, new) in [
        (">item.16<", ">item.18446744073709551615<"),
        (">item.16<", ">section.9<"),
        (">section.4<", ">notice<"),
        (">16.3<", ">1.1<"),
        (">2021<", ">2022<"),
        (">unionplan:record<", ">unionplan:recor<"),
        (">section.4.title<", ">section.5.title<"),
        (">3<", ">18446744073709551615<"),
    ] {
        assert!(strings.contains(old), "{old}");
        let mut parts = book.parts.clone();
        parts.insert("xl/sharedStrings.xml".to_owned(), strings.replace(old, new).into_bytes());
        try_it(&parts);
    }
}
