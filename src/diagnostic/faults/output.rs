//! Faults of themes and of writing the site.

use super::error;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::words;
use std::path::Path;

/// A template that can't be compiled or rendered. `page` is the page that was being made.
pub fn template(place: Place, page: Option<&str>, what: &str) -> Diagnostic {
    let help = match page {
        Some(page) => words!("生成 {page} 时出的错", "while making {page}"),
        None => words!("模板语法有误", "the template's syntax is wrong"),
    };
    error("template", place, words!("模板出错：{what}", "template error: {what}"), vec![help])
}

/// A template or style sheet that goes on or in without end.
pub fn tangled_theme_file(place: Place) -> Diagnostic {
    error(
        "tangled-theme-file",
        place,
        words!(
            "从这里开始，一个标签太长，或者分支、括号套得太多",
            "from here on a tag is too long, or branches and brackets are too many"
        ),
        vec![words!(
            "多半少了结束的括号；确实需要的，拆成几段",
            "a closing bracket is likely missing; what is really needed has to be parted"
        )],
    )
}

/// A style sheet that can't be read.
pub fn style(place: Place, what: &str) -> Diagnostic {
    error(
        "style",
        place,
        words!("样式表出错：{what}", "style error: {what}"),
        vec![words!("改正这一处，或删掉这一段样式", "mend it, or remove the rule")],
    )
}

/// A file that a theme must have.
pub fn theme_file_missing(place: Place) -> Diagnostic {
    error(
        "theme-file-missing",
        place,
        words!("主题缺少这个文件", "the theme lacks this file"),
        vec![words!("从默认主题复制一份，再改", "copy it from the default theme and change that")],
    )
}

/// A theme that is not there.
pub fn no_such_theme(place: Place, name: &str) -> Diagnostic {
    error(
        "no-such-theme",
        place,
        words!("没有名叫“{name}”的主题", "there is no theme “{name}”"),
        vec![words!(
            "themes 文件夹里要有 {name} 这个文件夹；不写 theme 就用默认主题",
            "the folder themes needs a folder {name}; without theme the default is used"
        )],
    )
}

/// A word list of a theme that can't be used.
pub fn theme_words(place: Place, what: &str) -> Diagnostic {
    error(
        "theme-words",
        place,
        words!("主题的设置或词表出错：{what}", "the theme's settings or words are wrong: {what}"),
        vec![words!(
            "对照默认主题的同名文件",
            "compare with the default theme's file of that name"
        )],
    )
}

/// Two sources for one path of the site.
pub fn two_sources(place: Place, path: &str) -> Diagnostic {
    error(
        "two-sources",
        place,
        words!(
            "“{path}”和本站自己的页面同名",
            "“{path}” has the name of a page that the site makes itself"
        ),
        vec![words!("给这个文件换个名字", "give this file another name")],
    )
}

/// A file for the root of the site in a folder that the site needs for itself.
pub fn reserved_folder(place: Place, folder: &str) -> Diagnostic {
    error(
        "reserved-folder",
        place,
        words!(
            "文件夹“{folder}”留给本站自己的页面，这里的文件不能发布",
            "the folder “{folder}” is kept for the site's own pages; this file can't be published"
        ),
        vec![words!(
            "把它移到 site/static 里另一个名字的文件夹；某一年的附件放进 data 里这一年的 files 文件夹",
            "move it into a folder of another name in site/static; what belongs to a year goes into its folder files in data"
        )],
    )
}

/// A file to be published whose name can't be part of a web address.
pub fn unusable_file_name(place: Place) -> Diagnostic {
    error(
        "file-name",
        place,
        words!("这个文件名不能用在网址里", "this file name can't be part of a web address"),
        vec![words!(
            "给它换个名字：不要反斜杠“\\”；名字是乱码的，多半是从压缩包里解出来的，重新命名",
            "rename it: without “\\”; a garbled name comes from an archive in another encoding"
        )],
    )
}

/// A file in the output that unionplan did not make and would have to overwrite.
pub fn foreign_file(path: &Path) -> Diagnostic {
    error(
        "foreign-file",
        Place::whole(path),
        words!(
            "这个文件不是 unionplan 生成的，没有覆盖",
            "this file was not made by unionplan and was left alone"
        ),
        vec![words!(
            "把它移走；或者确认不要了，加上 --overwrite 再运行一次",
            "move it away; or, if it may go, run again with --overwrite"
        )],
    )
}

/// The output folder lies where it would destroy or publish what it must not.
pub fn bad_output(path: &Path) -> Diagnostic {
    error(
        "bad-output",
        Place::whole(path),
        words!(
            "网站不能写到这里：这是数据、主题或整个项目所在的文件夹",
            "the site can't go here: this folder holds the data, the themes or the whole project"
        ),
        vec![words!(
            "用 --out 指定一个单独的文件夹，例如 public",
            "name a folder of its own with --out, such as public"
        )],
    )
}

/// Another run is at work on the same output.
pub fn busy(path: &Path) -> Diagnostic {
    error(
        "busy",
        Place::whole(path),
        words!("另一个 unionplan 正在写这个网站", "another unionplan is writing this site"),
        vec![words!("等它完成再运行", "wait until it has finished")],
    )
}

/// `--base-url` or `base_url` that is no web address.
pub fn bad_base_url(place: Option<Place>, text: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: "bad-base-url",
        message: words!("网址“{text}”不对", "“{text}” is no web address"),
        place,
        help: vec![words!(
            "写完整的网址，例如 https://gh.example.edu.cn/ 或 https://www.example.edu.cn/gonghui/",
            "write a whole address such as https://union.example.edu/ or https://www.example.edu/union/"
        )],
    }
}
