//! Several small style sheets → one, minified, for the theme's browsers.

use super::{ThemeFiles, bounds, builtin};
use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, Span, faults, shown_path};
use lightningcss::bundler::{BundleErrorKind, Bundler, ResolveResult, SourceProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bundles the sheet `entry` with all that it imports. On a fault the report has it, and the
/// result is empty.
pub fn bundle(
    files: &ThemeFiles,
    entry: &str,
    browsers: &[(String, u32)],
    report: &mut Report,
) -> String {
    let mut sheets = Sheets::default();
    if let Err(diagnostic) = sheets.gather(files, entry, 0) {
        report.push(*diagnostic);
        return String::new();
    }
    if sheets.are_of_default_theme(files) {
        return builtin::STYLE.to_owned();
    }
    sheets.bundle(entry, browsers, report)
}

fn targets(browsers: &[(String, u32)]) -> Browsers {
    let mut targets = Browsers::default();
    for (name, version) in browsers {
        let version = Some(version << 16);
        match name.as_str() {
            "android" => targets.android = version,
            "chrome" => targets.chrome = version,
            "edge" => targets.edge = version,
            "firefox" => targets.firefox = version,
            "ios_saf" => targets.ios_saf = version,
            "opera" => targets.opera = version,
            "safari" => targets.safari = version,
            _ => targets.samsung = version,
        }
    }
    targets
}

/// All sheets that take part, read before bundling.
#[derive(Default)]
struct Sheets(BTreeMap<PathBuf, Arc<SourceFile>>);

/// An import of a sheet that the theme does not have.
#[derive(Debug)]
struct NotThere(String);

impl std::fmt::Display for NotThere {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.0)
    }
}

impl std::error::Error for NotThere {}

impl Sheets {
    /// Reads a sheet and those that it imports with `@import "./name.css";`.
    fn gather(
        &mut self,
        files: &ThemeFiles,
        name: &str,
        depth: usize,
    ) -> Result<(), Box<Diagnostic>> {
        let path = PathBuf::from(name);
        if self.0.contains_key(&path) || depth > 16 {
            return Ok(());
        }
        let file = files.read(name)?;
        if let Some(fault) = bounds::check_sheet(&file) {
            return Err(Box::new(fault));
        }
        self.0.insert(path.clone(), file.clone());
        for line in file.text.lines() {
            let Some(rest) = line.trim().strip_prefix("@import") else {
                continue;
            };
            let import = rest.split(['"', '\'']).nth(1).unwrap_or("");
            if !import.is_empty() && !import.contains("://") {
                self.gather(files, &join(&path, import), depth + 1)?;
            }
        }
        Ok(())
    }

    /// Bundles the sheets that have been gathered.
    fn bundle(&self, entry: &str, browsers: &[(String, u32)], report: &mut Report) -> String {
        let targets = Targets::from(targets(browsers));
        let mut bundler = Bundler::new(self, None, ParserOptions::default());
        let mut sheet = match bundler.bundle(Path::new(entry)) {
            Ok(sheet) => sheet,
            Err(error) => {
                let what = match &error.kind {
                    BundleErrorKind::ResolverError(missing) => missing.to_string(),
                    kind => kind.to_string(),
                };
                report.push(self.fault(error.loc.as_ref(), &what));
                return String::new();
            }
        };
        if let Err(error) = sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }) {
            report.push(self.fault(error.loc.as_ref(), &error.kind.to_string()));
            return String::new();
        }
        match sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() }) {
            Ok(printed) => printed.code,
            Err(error) => {
                report.push(self.fault(error.loc.as_ref(), &error.kind.to_string()));
                String::new()
            }
        }
    }

    /// Tells whether these are the sheets of the default theme, for the browsers of the default
    /// theme.
    fn are_of_default_theme(&self, files: &ThemeFiles) -> bool {
        let manifest = files.read("theme.yaml");
        manifest.is_ok_and(|file| builtin::has("theme.yaml", &file.text))
            && self.0.iter().all(|(path, file)| builtin::has(&shown_path(path), &file.text))
    }

    fn fault(&self, at: Option<&lightningcss::error::ErrorLocation>, what: &str) -> Diagnostic {
        let file = at.and_then(|at| self.0.get(Path::new(&at.filename)).map(|file| (file, at)));
        let place = match file {
            // The crate counts lines from 0 and columns from 1.
            Some((file, at)) => file.place(Span {
                line: at.line as usize + 1,
                column: at.column as usize,
                width: 1,
            }),
            None => Place { path: "styles".to_owned(), spot: None },
        };
        faults::style(place, what)
    }
}

/// The path of an import, as seen from the sheet that imports it.
fn join(from: &Path, import: &str) -> String {
    let folder = from.parent().unwrap_or(Path::new(""));
    let below = import.strip_prefix("./").unwrap_or(import);
    shown_path(&folder.join(below))
}

impl SourceProvider for Sheets {
    type Error = NotThere;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, NotThere> {
        let found = self.0.get(file);
        found.map(|file| file.text.as_str()).ok_or_else(|| NotThere(file.display().to_string()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, NotThere> {
        Ok(ResolveResult::File(PathBuf::from(join(from, specifier))))
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheets, builtin};
    use crate::diagnostic::Report;
    use crate::theme::{ThemeFiles, read_manifest};
    use std::path::Path;

    /// `UPDATE_EXPECTED=1 cargo test style_sheet_of_the_default_theme` writes it anew after a
    /// change of its sheets.
    #[test]
    fn the_style_sheet_of_the_default_theme_is_what_its_sheets_make() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = ThemeFiles::open(home, "default");
        let mut report = Report::default();
        let manifest = read_manifest(&files, &mut report);
        let mut sheets = Sheets::default();
        sheets.gather(&files, "styles/index.css", 0).unwrap();
        let style = sheets.bundle("styles/index.css", &manifest.browsers, &mut report);
        assert!(report.is_empty(), "{report:?}");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(home.join("src/theme/default.css"), &style).unwrap();
        } else {
            assert!(style == builtin::STYLE, "UPDATE_EXPECTED=1 cargo test brings it up to date");
        }
    }
}
