//! What the last build had to tell, for the overlay in the browser.

use crate::diagnostic::{Language, Report, Words, render};
use crate::fingerprint::Fingerprint;
use crate::words;
use serde_json::{Value, json};

/// Words a notice for the overlay: null where there is nothing to tell.
///
/// Keys: `id`, the same for the same notice; `stopped`, whether the site could not be built;
/// `title`, `hint`, `open` and `close`, words of the overlay itself; `faults`, as
/// [`render::json_for_pages`] has them.
pub fn notice(report: &Report, stopped: bool, language: Language) -> Value {
    if report.is_empty() {
        return Value::Null;
    }
    let faults = render::json_for_pages(report, language);
    let title = title(report.errors(), report.warnings(), stopped);
    let hint = match stopped {
        true => words!("改好后保存，这里会自动更新。", "Mend and save; this page will follow."),
        false => words!(
            "网站已经更新；请核对下面的地方。",
            "The site is up to date; please check these."
        ),
    };
    worded(stopped, &title, &hint, faults, language)
}

/// The notice of a page that no longer hears from the server. It is sent ahead.
pub fn lost(language: Language) -> Value {
    let title = words!(
        "预览程序已经停止，这一页不会再更新",
        "The preview has ended; this page no longer follows"
    );
    let hint = words!(
        "重新运行 unionplan serve，这里会自动更新。",
        "Run unionplan serve again, and this page will follow."
    );
    worded(false, &title, &hint, json!([]), language)
}

fn worded(stopped: bool, title: &Words, hint: &Words, faults: Value, language: Language) -> Value {
    let open = words!("查看", "Show");
    let close = words!("收起", "Close");
    let mut id = Fingerprint::default();
    for part in [title.get(language), &faults.to_string()] {
        id.add(part.as_bytes());
    }
    json!({
        "id": format!("{:032x}", id.value()),
        "stopped": stopped,
        "title": title.get(language),
        "hint": hint.get(language),
        "open": open.get(language),
        "close": close.get(language),
        "faults": faults,
    })
}

fn title(errors: usize, warnings: usize, stopped: bool) -> Words {
    let counted = |count: usize, what: &str| {
        if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
    };
    let (some_errors, some_warnings) = (counted(errors, "error"), counted(warnings, "warning"));
    match (errors, warnings, stopped) {
        (0, _, false) => words!("{warnings}处提醒", "{some_warnings}"),
        (0, _, true) => words!(
            "{warnings}处提醒，因为用了 --strict，网站没有改动",
            "{some_warnings}; with --strict the site is unchanged"
        ),
        (_, 0, _) => words!("{errors}处错误，网站没有改动", "{some_errors}; the site is unchanged"),
        _ => words!(
            "{errors}处错误、{warnings}处提醒，网站没有改动",
            "{some_errors}, {some_warnings}; the site is unchanged"
        ),
    }
}
