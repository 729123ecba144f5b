//! Themes: overrides, and faults that name template, line and page.

#![allow(clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use support::{Project, plain_text, read_folder, stderr};
use unionplan::plan::event::Agenda;
use unionplan::site::pages::KINDS;
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
        "{% set x = \"abcdefgh\" * 100000 %}{% for a in range(100000) %}{{ x }}{% endfor %}",
    ] {
        project.write("site/templates/missing.html", endless);
        let output = project.run(&["check"]);
        assert_eq!(output.status.code(), Some(1), "{endless}: {}", stderr(&output));
        assert!(stderr(&output).contains("missing.html"), "{}", stderr(&output));
    }
}

#[test]
fn a_theme_that_goes_in_and_on_without_end_is_refused_at_its_place() {
    let project = Project::shipped();
    let branches = format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(50_000));
    for (name, text) in [
        ("site/templates/foot.html", format!("{{{{ {}1 }}}}", "1+".repeat(200_000))),
        ("site/templates/foot.html", format!("{{{{ {}1 }}}}", "not ".repeat(200_000))),
        ("site/templates/foot.html", format!("{{{{ x{} }}}}", "|trim".repeat(200_000))),
        ("site/templates/foot.html", branches),
        ("themes/default/styles/foot.css", "a{".repeat(300_000)),
    ] {
        project.write(name, text);
        let output = project.run(&["check"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(&format!("--> {name}:1:")), "{}", stderr(&output));
        std::fs::remove_file(project.root().join(name)).unwrap();
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
        logo: None,
        icp: None,
        pages: Vec::new(),
        main_name: union.short_name.clone(),
        has_branches: false,
    };
    let frame = UnionFrame { site: &site, union: &union, branch: None, years: &[plan.year] };
    let pages = plan_pages(&frame, &plan, &Agenda::of(&plan), &[]);
    let parts = Parts::default();
    let mut html = Vec::new();
    for page in &pages {
        theme.render(page, &parts, &mut html).unwrap();
    }
    let frame = Arc::downgrade(&pages[0].frame);
    drop((pages, parts));
    assert!(frame.upgrade().is_none());
}

#[test]
fn pages_come_out_the_same_whether_or_not_their_words_were_put_into_the_templates() {
    for language in ["zh-CN", "en"] {
        // Beside a template of the site's own, words are looked up as the page is rendered.
        let (usual, with_own) = (Project::shipped(), Project::shipped());
        with_own.write("site/templates/unused.html", "{{ t.skip }}");
        for project in [&usual, &with_own] {
            project.write("site/site.yaml", format!("language: {language}\n"));
            project.build();
        }
        let pages = usual.site();
        assert!(pages.len() > 50);
        assert_eq!(pages, with_own.site());
    }
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
#[cfg(unix)]
fn a_template_that_is_a_link_out_of_the_root_is_refused() {
    let project = Project::shipped();
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    std::fs::write(&secret, "a secret").unwrap();
    for name in ["templates/missing.html", "site.yaml"] {
        let link = project.root().join("site").join(name);
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(&secret, &link).unwrap();
        let said = stderr(&project.run(&["build"]));
        assert!(said.contains("link-leads-out") && said.contains(name), "{said}");
        assert!(!project.out().exists());
        std::fs::remove_file(link).unwrap();
    }
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
fn words_of_a_site_or_theme_take_the_place_of_single_words() {
    let project = Project::shipped();
    project.write("site/site.yaml", "theme: green\n");
    project.write("themes/green/strings/zh-CN.yaml", "door_offices: 部门\ndoor_notice: 全文\n");
    project.write("site/strings/zh-CN.yaml", "door_notice: 通知原文\n");
    project.build();
    let page = project.page("index.html");
    for door in [">总览<", ">部门<", ">通知原文<"] {
        assert!(page.contains(door), "{door}");
    }
    project.write("site/strings/zh-CN.yaml", "door_notice: [通知]\n");
    let said = stderr(&project.run(&["check"]));
    assert!(said.contains("--> site/strings/zh-CN.yaml:1:14"), "{said}");
}

#[test]
fn a_logo_stands_beside_the_name_on_every_page() {
    let project = Project::shipped();
    project.write("site/site.yaml", "logo: 校徽.svg\n");
    project.write("site/static/校徽.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    project.build();
    for (page, up) in [("index.html", ""), ("404.html", ""), ("2021/items/3.html", "../../")] {
        let logo = format!("<img src=\"{up}%E6%A0%A1%E5%BE%BD.svg\" alt=\"\">湖南科技大学工会</a>");
        assert!(project.page(page).contains(&logo), "{page}");
    }
    assert!(project.out().join("校徽.svg").exists());
}

/// A project with the theme `plain` of `tests/fixtures/`, which replaces every page's template.
fn in_plain_theme(project: Project) -> Project {
    for (name, bytes) in read_folder(&support::home().join("tests/fixtures/themes/plain")) {
        project.write(&format!("themes/plain/{name}"), bytes);
    }
    let settings = project.root().join("site/site.yaml");
    let settings = std::fs::read_to_string(settings).unwrap_or_default();
    project.write("site/site.yaml", format!("{settings}\ntheme: plain\n"));
    project
}

#[test]
fn a_theme_of_ones_own_changes_every_page_without_a_line_of_rust() {
    for (_, template) in KINDS {
        let path = support::home().join("tests/fixtures/themes/plain/templates").join(template);
        assert!(path.exists(), "the theme has its own {template}");
    }
    let sites: [fn() -> Project; 3] =
        [Project::shipped, || Project::fixture("by-month"), || Project::fixture("traditional")];
    for site in sites {
        let (usual, plain) = (site(), in_plain_theme(site()));
        usual.build();
        plain.build();
        let pages = |project: &Project| -> Vec<String> {
            project.site().into_keys().filter(|path| path.ends_with(".html")).collect()
        };
        assert_eq!(pages(&plain), pages(&usual), "the same pages");
        for path in pages(&plain) {
            let page = plain.page(&path);
            assert!(page.contains("<body class=\"plain\">"), "{path}");
            assert!(!page.contains("wuwen"), "{path} has a piece of the default theme");
        }
    }
}

#[test]
fn a_theme_of_ones_own_shows_all_that_the_plan_says() {
    let project = in_plain_theme(Project::shipped());
    project.build();
    let plan = std::fs::read_to_string(support::home().join("data/2021/plan.yaml")).unwrap();
    let tasks: Vec<&str> =
        plan.lines().filter_map(|line| line.trim_start().strip_prefix("- task: ")).collect();
    assert!(tasks.len() > 20);
    let schedule = plain_text(&project.page("2021/schedule.html"));
    for task in tasks {
        let task: String = task.split_whitespace().collect();
        assert!(schedule.contains(&task), "{task}");
    }
    assert!(project.page("2021/items/3.html").contains("暂无进展。"), "its own words");
    assert!(project.page("2021/offices/publicity.html").contains(">首页</a>"), "its own words");
    let style = project.site().into_iter().find(|(path, _)| path.ends_with(".css")).unwrap().1;
    assert!(String::from_utf8(style).unwrap().contains("#0a5c36"), "its own colours");
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
