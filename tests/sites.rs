//! Whole sites: every link of every page, in plans of every shape.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeSet;
use std::io::Write;
use std::process::Command;
use support::{Project, home, plain_text, stderr};

/// Follows every link of a built site.
fn check_links(project: &Project, base: &[&str]) {
    let script = home().join("tests/check-links.py");
    let checked =
        Command::new("python3").arg(script).arg(project.out()).args(base).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn all_links_of_the_shipped_plan_resolve() {
    let project = Project::shipped();
    project.build();
    check_links(&project, &[]);
}

#[test]
fn all_links_of_a_plan_by_month_without_sections_resolve() {
    let project = Project::fixture("by-month");
    project.build();
    check_links(&project, &["/gonghui/"]);
}

#[test]
fn all_links_of_a_site_with_years_and_branches_resolve() {
    let project = Project::fixture("traditional");
    project.build();
    check_links(&project, &[]);
}

#[test]
fn a_site_in_english_has_no_chinese_but_the_plans_own() {
    let project = Project::empty();
    project.write("site/site.yaml", "language: en\n");
    project.write("data/union.yaml", "name: Union\noffices: [ { id: a, name: Office A } ]\n");
    project.write(
        "data/2021/plan.yaml",
        "title: Plan 2021\nsections:\n  - title: First\n    items:\n      - title: Item\n        text: Words.\n        tasks:\n          - { task: Do it, when: 2021-05, office: Office A }\n",
    );
    project.build();
    check_links(&project, &[]);
    for (path, bytes) in project.site() {
        if path.ends_with(".html") {
            let text = plain_text(&String::from_utf8(bytes).unwrap());
            let han = text.chars().find(|c| ('\u{3400}'..='\u{9fff}').contains(c));
            assert_eq!(han, None, "{path}: {text}");
        }
    }
}

#[test]
fn a_month_lists_its_own_work_and_never_loses_what_has_no_month() {
    let project = Project::fixture("by-month");
    project.build();
    let january = plain_text(&project.page("2024/months/01.html"));
    for task in ["走访慰问离退休教职工", "寒假值班", "五件事之四"] {
        assert!(january.contains(task), "{task}");
    }
    let september = plain_text(&project.page("2024/months/09.html"));
    assert!(september.contains("教师节慰问") && september.contains("教师节前"));
    let december = plain_text(&project.page("2024/months/12.html"));
    assert!(december.contains("元旦联欢"));
    let calendar = plain_text(&project.page("2024/calendar.html"));
    for task in ["会员生日祝福", "部门工会考核", "心理健康讲座", "新进教职工入会"]
    {
        assert!(calendar.contains(task), "{task}");
    }
}

#[test]
fn a_month_is_marked_in_the_strip_of_its_own_page_and_nowhere_else() {
    let project = Project::shipped();
    project.build();
    for month in 1..=12 {
        let page = project.page(&format!("2021/months/{month:02}.html"));
        let marked: Vec<&str> =
            page.match_indices("aria-current=\"page\"").map(|(at, _)| &page[..at]).collect();
        let door = format!("href=\"{month:02}.html\" ");
        assert_eq!(
            marked.iter().filter(|before| before.ends_with(&door)).count(),
            1,
            "{month}: {page}"
        );
    }
    assert!(!project.page("2021/calendar.html").contains("months/05.html\" aria-current"));
}

#[test]
fn a_plan_without_a_notice_speaks_of_none() {
    let project = Project::fixture("by-month");
    project.build();
    assert!(!project.page("2024/schedule.html").contains("随通知印发"));
    let issued = Project::shipped();
    issued.build();
    assert!(issued.page("2021/schedule.html").contains("随通知印发"));
}

#[test]
fn supporting_offices_remarks_and_audiences_are_shown() {
    let project = Project::fixture("by-month");
    project.build();
    let schedule = plain_text(&project.page("2024/schedule.html"));
    for text in ["文体部、综合办公室", "经费另批", "各部门工会主席", "欧阳修远"]
    {
        assert!(schedule.contains(text), "{text}");
    }
    let office = plain_text(&project.page("2024/offices/culture.html"));
    assert!(office.contains("“三八”系列活动"), "the culture office helps with it");
}

#[test]
fn progress_is_shown_where_it_belongs_and_links_stay_inside_the_site() {
    let project = Project::fixture("by-month");
    project.build();
    let page = project.page("2024/activities/basketball.html");
    for text in ["体育馆二层", "共有12支队伍参加。", "冠军是数学学院。"] {
        assert!(plain_text(&page).contains(text), "{text}");
    }
    assert!(page.contains("href=\"https://example.edu.cn/a?b=1&amp;c=2\""), "{page}");
    assert!(page.contains("../files/%E6%88%90%E7%BB%A9.txt"), "{page}");
}

#[test]
fn text_from_data_is_escaped_wherever_it_lands() {
    let project = Project::shipped();
    let attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    for field in
        ["title: 湖南科技大学2021年工会工作要点", "title: 强化政治引领，理论武装提升新境界"]
    {
        let key = field.split(": ").next().unwrap();
        let yaml = format!("{key}: '{}'", attack.replace('\'', "''"));
        project.replace("data/2021/plan.yaml", field, &yaml);
    }
    project.replace("data/union.yaml", "short_name: 湖南科技大学工会", "short_name: <b>工会</b>");
    project.build();
    check_links(&project, &[]);
    for (path, bytes) in project.site() {
        if path.ends_with(".html") {
            let html = String::from_utf8(bytes).unwrap();
            assert!(
                !html.contains("<script>") && !html.contains("<img") && !html.contains("<b>工会"),
                "{path}"
            );
        }
    }
}

#[test]
fn markdown_pages_show_raw_html_as_text() {
    let project = Project::fixture("by-month");
    project.build();
    let page = project.page("about.html");
    assert!(page.contains("&lt;script&gt;"), "{page}");
    assert!(
        page.contains("<h2>第二个标题</h2>"),
        "the first heading is the title, the next step down"
    );
    assert_eq!(project.page("verify.txt"), "verify\n");
}

#[test]
fn the_address_of_the_site_is_named_only_where_it_is_known() {
    let known = Project::fixture("by-month");
    known.build();
    let page = known.page("2024/calendar.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://www.example.edu.cn/gonghui/2024/calendar.html\">"), "{page}");
    let unknown = Project::shipped();
    unknown.build();
    assert!(!unknown.page("2021/calendar.html").contains("canonical"));
}

#[test]
fn the_built_site_is_the_same_whether_the_theme_is_built_in_or_on_disk() {
    let built_in = Project::shipped();
    built_in.build();
    let on_disk = Project::shipped();
    for (name, bytes) in support::read_folder(&home().join("themes/default")) {
        on_disk.write(&format!("themes/default/{name}"), bytes);
    }
    let output = on_disk.run(&["build"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(built_in.site(), on_disk.site());
}

#[test]
fn a_site_states_how_accessible_it_is_and_whom_to_tell() {
    let project = Project::shipped();
    project.write("data/union.yaml", {
        let union = std::fs::read_to_string(home().join("data/union.yaml")).unwrap();
        format!("{union}contact: 综合科\n")
    });
    project.build();
    assert!(plain_text(&project.page("accessibility.html")).contains("请告诉综合科"));
    for page in ["index.html", "2021/months/05.html", "404.html"] {
        assert!(plain_text(&project.page(page)).contains("无障碍声明"), "{page}");
    }
    check_links(&project, &[]);
}

#[test]
fn the_sites_own_accessibility_statement_stands_in_for_the_themes() {
    let project = Project::shipped();
    project.write("site/pages/accessibility.md", "# 怎样方便地读\n\n请打电话到综合科。\n");
    project.build();
    let page = project.page("accessibility.html");
    assert!(page.contains("请打电话到综合科。") && page.contains("怎样方便地读"), "{page}");
    let foot = project.page("index.html");
    assert_eq!(foot.matches("<li><a href=\"accessibility.html\">").count(), 1, "{foot}");
    assert!(!foot.contains("无障碍声明"), "{foot}");
}

#[test]
fn a_row_of_the_schedule_tells_its_months_where_its_wording_does_not() {
    let project = Project::shipped();
    let task = "task: 建立“政策解读直通车”制度\n            when: 6";
    project.replace("data/2021/plan.yaml", task, &format!("{task}—8"));
    project.build();
    let page = project.page("2021/schedule.html");
    let time = |months: &str, when: &str| {
        page.matches(&format!("<td class=\"t\"{months}><span class=\"lab\">完成时间</span>{when}<"))
            .count()
    };
    assert_eq!(time(" data-m=\"6 7 8\"", "6—8月"), 1);
    assert_eq!(time(" data-m=\"0\"", "全年"), 20);
    assert_eq!(time(" data-m=\"5 6 7 any\"", "适时"), 1, "months of its activities");
    assert_eq!(time(" data-m=\"4 10 11 any\"", "适时"), 1);
    assert_eq!(time("", "适时"), 1, "nothing is known");
    assert_eq!(time("", "5月"), 2, "the wording tells");
}

#[test]
fn the_schedule_can_be_narrowed_to_those_who_stand_in_it() {
    let project = Project::fixture("by-month");
    project.build();
    let page = project.page("2024/schedule.html");
    let (_, filter) = page.split_once("<template id=\"filter\"").unwrap();
    let (filter, _) = filter.split_once("</template>").unwrap();
    assert!(filter.contains("<option value=\"culture\">文体部</option>"), "{filter}");
    for option in filter.split("<option value=\"").skip(1) {
        let (_, name) = option.split_once("\">").unwrap();
        let (name, _) = name.split_once('<').unwrap();
        let table = page.split_once("<table").unwrap().1;
        let word =
            ["全部", "没有登记", "全年", "适时", "已完成", "进行中", "已延期", "已取消", "未开始"];
        assert!(word.contains(&name) || table.contains(name), "{name} stands in no row");
    }
    assert!(filter.contains("name=\"progress\""), "some progress is recorded");
    let silent = Project::shipped();
    silent.build();
    assert!(!silent.page("2021/schedule.html").contains("name=\"progress\""));
}

#[test]
fn no_page_with_what_it_loads_weighs_more_than_15_kb_or_takes_more_than_five_requests() {
    let project = Project::shipped();
    project.build();
    let site = project.site();
    let packed = |bytes: &[u8]| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap().len()
    };
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let quoted = html.split('"').filter_map(|text| text.split_once("assets/"));
        let assets: BTreeSet<String> = quoted
            .filter(|(up, _)| up.split("../").all(str::is_empty))
            .map(|(_, name)| format!("assets/{name}"))
            .collect();
        let loaded: usize = assets.iter().map(|name| packed(&site[name])).sum();
        let weight = packed(bytes) + loaded;
        assert!(weight < 15 * 1024, "{path} weighs {weight}");
        assert!((3..5).contains(&assets.len()), "{path} loads {assets:?}");
    }
}

#[test]
fn names_of_two_characters_are_spread_only_beside_names_of_three() {
    let project = Project::empty();
    let union = |names: [&str; 2]| {
        let [one, other] = names;
        format!(
            "name: 校工会\nleaders:\n  - {{ id: one, name: {one} }}\n  - {{ id: other, name: {other} }}\n"
        )
    };
    let plan = |names: [&str; 2]| {
        let [one, other] = names;
        format!(
            "title: 2021年工作\ntasks:\n  - {{ task: 甲, when: 5月, leader: {one} }}\n  - {{ task: 乙, when: 6月, leader: {other} }}\n"
        )
    };
    for (names, spread) in [(["何频", "欧阳修"], true), (["何频", "刘婕"], false)] {
        project.write("data/union.yaml", union(names));
        project.write("data/2021/plan.yaml", plan(names));
        project.build();
        for page in ["index.html", "2021/offices.html"] {
            let html = project.page(page);
            assert_eq!(html.contains("<span class=\"two\">何频</span>"), spread, "{page}: {html}");
            assert!(!html.contains("<span class=\"two\">欧阳修"), "{page}");
        }
        let schedule = project.page("2021/schedule.html");
        assert_eq!(schedule.contains("<td class=\"p two\">"), spread, "{schedule}");
        assert!(plain_text(&schedule).contains("何频"), "the text itself has no blank");
    }
}
