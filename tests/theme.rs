//! Themes: overrides, and faults that name template, line and page.

#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use support::{Project, stderr};
use unionplan::site::{SiteFrame, UnionFrame, plan_pages};
use unionplan::source;
use unionplan::theme::{self, Parts};

#[test]
fn a_template_of_the_site_wins_over_the_themes() {
    let project = Project::shipped();
    project.write("site/templates/foot.html", "<footer class=\"wrap foot\"><p>自己的页脚 {{ plan.year if plan else \"\" }}</p></footer>\n");
    project.build();
    for page in ["index.html", "2021/items/3.html", "404.html"] {
        assert!(project.page(page).contains("自己的页脚"), "{page}");
    }
    assert!(project.page("2021/calendar.html").contains("自己的页脚 2021"));
}

#[test]
fn a_small_theme_takes_the_rest_from_the_default() {
    let project = Project::shipped();
    project.write("site/site.yaml", "theme: green\n");
    project.write("themes/green/styles/tokens.css", ":root { --red: #060; --paper: #fff; }\n");
    project.build();
    let style = project.site().into_iter().find(|(path, _)| path.ends_with(".css")).unwrap().1;
    assert!(String::from_utf8(style).unwrap().contains("#060"));
}

#[test]
fn a_variable_that_is_not_there_is_an_error_with_template_line_and_page() {
    let project = Project::shipped();
    project.write("site/templates/month.html", "{% extends \"layout.html\" %}\n{% block main %}\n<h1>{{ month.nmae }}</h1>\n{% endblock %}\n");
    let output = project.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("--> site/templates/month.html:3:8"), "{said}");
    assert!(said.contains("生成 2021/months/01.html 时出的错"), "{said}");
    assert!(!project.out().join("index.html").exists());
}

#[test]
fn a_variable_missing_from_a_part_is_found_at_the_part() {
    let project = Project::shipped();
    project.write("site/templates/foot.html", "<footer>{{ page.title }}</footer>\n");
    let said = stderr(&project.run(&["check"]));
    assert!(said.contains("--> site/templates/foot.html:1:"), "{said}");
}

#[test]
fn every_template_that_cannot_be_compiled_is_reported() {
    let project = Project::shipped();
    project.write("site/templates/month.html", "{% if %}\n");
    project.write("site/templates/item.html", "\n{{ 1 + }}\n");
    let said = stderr(&project.run(&["check"]));
    assert!(
        said.contains("site/templates/month.html:1") && said.contains("site/templates/item.html:2"),
        "{said}"
    );
}

#[test]
fn a_style_that_cannot_be_read_is_shown_at_its_place() {
    let project = Project::shipped();
    project.write("themes/default/styles/tokens.css", ":root { --a: 1; }\n@media ((( {\n");
    let said = stderr(&project.run(&["check"]));
    assert!(said.contains("themes/default/styles/tokens.css:2:"), "{said}");
}

#[test]
fn a_template_without_end_is_stopped() {
    let project = Project::shipped();
    for endless in [
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% include \"missing.html\" %}",
        "{% set x = \"abcdefgh\" * 100000000 %}{{ x }}",
    ] {
        project.write("site/templates/missing.html", endless);
        let output = project.run(&["check"]);
        assert_eq!(output.status.code(), Some(1), "{endless}: {}", stderr(&output));
        assert!(stderr(&output).contains("missing.html"), "{}", stderr(&output));
    }
}

#[test]
fn a_part_that_draws_itself_is_an_error_at_its_place() {
    let project = Project::shipped();
    project.write("site/templates/foot.html", "<footer>\n{{ part(\"foot.html\") }}</footer>\n");
    let output = project.run(&["check"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("--> site/templates/foot.html:2:"), "{}", stderr(&output));
}

#[test]
fn a_part_links_and_speaks_as_seen_from_the_page_that_draws_it() {
    let project = Project::shipped();
    project.write(
        "site/templates/foot.html",
        "<footer>{{ link(plan.doors.notice) if plan }} {{ page.kind }}</footer>\n",
    );
    project.build();
    for (page, foot) in [
        ("index.html", "2021/notice.html overview"),
        ("2021/index.html", "notice.html overview"),
        ("2021/schedule.html", "notice.html schedule"),
        ("2021/sections/1.html", "../notice.html section"),
        ("2021/items/3.html", "../notice.html item"),
        ("2021/items/4.html", "../notice.html item"),
    ] {
        let foot = format!("<footer>{foot}</footer>");
        assert!(project.page(page).contains(&foot), "{page}: {foot}");
    }
}

#[test]
fn what_was_drawn_for_a_plan_is_gone_with_its_pages() {
    let home = support::home();
    let (settings, _) = source::read_settings(home);
    let theme = theme::load(home, &settings).unwrap();
    let (folders, _) = source::discover(home);
    let union = source::read_union(home, &folders[0]).0.unwrap();
    let plan = source::read_plan(home, &folders[0].years[0], &union).0.unwrap();
    let site = SiteFrame {
        title: None,
        base_url: None,
        language: settings.language.clone(),
        icp: None,
        pages: Vec::new(),
        main_name: union.short_name.clone(),
        has_branches: false,
    };
    let frame = UnionFrame { site: &site, union: &union, branch: None, years: &[plan.year] };
    let pages = plan_pages(&frame, &plan, &[]);
    let parts = Parts::default();
    for page in &pages {
        theme.render(page, &parts).unwrap();
    }
    let frame = Arc::downgrade(&pages[0].frame);
    drop((pages, parts));
    assert!(frame.upgrade().is_none());
}

#[test]
fn templates_cannot_reach_files_outside() {
    let project = Project::shipped();
    project.write("secret.html", "secret");
    project.write("site/templates/missing.html", "{% include \"../../secret.html\" %}");
    let output = project.run(&["check"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
}

#[test]
fn a_theme_that_is_not_there_is_named() {
    let project = Project::shipped();
    project.write("site/site.yaml", "theme: gren\n");
    let said = stderr(&project.run(&["check"]));
    assert!(said.contains("没有名叫“gren”的主题"), "{said}");
}

#[test]
fn the_list_of_built_in_files_is_complete() {
    let listed = include_str!("../src/theme/builtin.rs");
    for name in support::read_folder(&support::home().join("themes/default")).keys() {
        assert!(listed.contains(&format!("\"{name}\"")), "src/theme/builtin.rs lacks {name}");
    }
}

#[test]
fn a_word_that_stands_twice_is_an_error_at_its_second_place() {
    let project = Project::shipped();
    let words = std::fs::read_to_string(support::home().join("themes/default/strings/zh-CN.yaml"));
    let words = words.unwrap();
    let (first, last) = (line_of(&words, "skip: "), words.lines().count() + 1);
    project.write("themes/default/strings/zh-CN.yaml", format!("{words}skip: 直达正文\n"));
    let output = project.run(&["check"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains(&format!("--> themes/default/strings/zh-CN.yaml:{last}:1")), "{said}");
    assert!(said.contains(&format!("“skip”写了两次，第{first}行已经有了")), "{said}");
}

fn line_of(text: &str, start: &str) -> usize {
    text.lines().position(|line| line.starts_with(start)).unwrap() + 1
}
