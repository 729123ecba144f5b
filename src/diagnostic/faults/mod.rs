//! The catalogue of faults. Each has a function of its own, named after what is wrong, so that a
//! message can be found from its code and a code from its message; all speak with one voice: first
//! what is wrong, then what to write instead.

mod file;
mod folders;
mod import;
mod names;
mod output;
mod structure;
mod system;
mod text;
mod workbook;
mod writing;

pub use file::*;
pub use folders::*;
pub use import::*;
pub use names::*;
pub use output::*;
pub use structure::*;
pub use system::*;
pub use text::*;
pub use workbook::*;
pub use writing::*;

use super::{Diagnostic, Place, Severity, Words};

fn error(code: &'static str, place: Place, message: Words, help: Vec<Words>) -> Diagnostic {
    Diagnostic { severity: Severity::Error, code, message, place: Some(place), help }
}

fn warning(code: &'static str, place: Place, message: Words, help: Vec<Words>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, code, message, place: Some(place), help }
}

/// The candidate nearest to what was written, if it is near enough to be meant: at most half of
/// its characters differ.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let written = written.trim();
    if written.chars().nth(LONGEST).is_some() {
        return None;
    }
    let written = written.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            (strsim::damerau_levenshtein(&written, &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, candidate)| {
            let length = candidate.chars().count().max(written.chars().count());
            *distance * 2 <= length
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Names in a row: “宣教科”“综合科” in Chinese, `a`, `b` in English. Long rows are cut.
fn row(names: &[&str]) -> (String, String) {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| shown(name)).collect();
    let mut zh: String = shown.iter().map(|name| format!("“{name}”")).collect();
    let mut en = shown.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        zh.push_str(&format!("等{}个", names.len()));
        en.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    (zh, en)
}

/// A text as YAML wants it written, in quotes where it needs them.
fn as_yaml(text: &str) -> String {
    let written = serde_yaml::to_string(&shown(text)).unwrap_or_default();
    written.trim_end().to_owned()
}

/// A name in quotes, unless it was typed in them.
fn quoted(name: &str) -> String {
    if name.starts_with('“') { name.to_owned() } else { format!("“{name}”") }
}

/// A key with its value as it should be typed; without one, the key and its colon.
fn pair(key: &str, value: &str) -> String {
    if value.trim().is_empty() { format!("{key}:") } else { format!("{key}: {}", shown(value)) }
}

/// A value as a message shows it: its beginning, where it is long.
fn shown(value: &str) -> String {
    const SHOWN: usize = 32;
    let value = value.trim();
    if value.is_empty() {
        return "…".to_owned();
    }
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{as_yaml, nearest, row, shown};

    #[test]
    fn the_nearest_name_differs_in_half_its_characters_at_most() {
        assert_eq!(nearest("宣教课", ["综合科", "宣教科"]), Some("宣教科"));
        assert_eq!(nearest("Leeder", ["leader", "office"]), Some("leader"));
        assert_eq!(nearest("财务处", ["综合科", "宣教科"]), None);
        assert_eq!(nearest(&"宣".repeat(1_000), ["宣教科"]), None);
    }

    #[test]
    fn long_values_and_rows_are_cut() {
        assert_eq!(shown("  5月 "), "5月");
        assert_eq!(shown(""), "…");
        assert_eq!(shown(&"要".repeat(40)), format!("{}…", "要".repeat(32)));
        let names: Vec<String> = (0..20).map(|name| name.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert!(row(&names).0.ends_with("“11”等20个"));
        assert!(row(&names).1.ends_with("“11” and 8 more"));
    }

    #[test]
    fn a_text_is_quoted_as_yaml_wants_it() {
        assert_eq!(as_yaml("党史学习"), "党史学习");
        assert_eq!(as_yaml("党史: 学习"), "'党史: 学习'");
        assert_eq!(as_yaml("*it's"), "'*it''s'");
    }
}
