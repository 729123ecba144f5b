//! What the path of a request leads to.

use super::prefix::Prefix;
use std::path::{Component, Path, PathBuf};

/// The folder of the preview's own files. But for one, names that begin with a dot are not served
/// from the output, so it takes none from the site.
pub const OWN: &str = ".preview";

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A file, by its real path, which lies in the output.
    File(PathBuf),
    /// Another path of this server.
    Elsewhere(String),
    /// A file of the preview itself, by its name.
    Own(String),
    /// Nothing, in the site.
    Missing,
    /// Nothing, beside the site.
    Outside,
    /// It can't be read: an escape is broken, or its bytes are not UTF-8.
    Unreadable,
}

/// Follows a path as it stands in a request, escapes and all.
///
/// Each name between two slashes is unescaped once, by itself, and must then be a plain name: an
/// escaped slash or dots can't become steps. The file system has the last word: what it calls the
/// real path must lie in the output, so a symbolic link can't lead out of it.
pub fn locate(out: &Path, prefix: &Prefix, path: &str) -> Target {
    let Some(inner) = path.strip_prefix('/') else { return Target::Unreadable };
    let Some(names) = inner.split('/').map(unescape).collect::<Option<Vec<String>>>() else {
        return Target::Unreadable;
    };
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    // A path that ends with a slash ends with an empty name.
    let is_folder = names.last().is_some_and(|name| name.is_empty());
    if is_folder {
        names.pop();
    }
    let above: Vec<&str> = prefix.names().collect();
    if names.is_empty() && !above.is_empty() {
        return Target::Elsewhere(prefix.path().to_owned());
    }
    let Some(names) = names.strip_prefix(above.as_slice()) else { return Target::Outside };
    if let ([OWN, name], false) = (names, is_folder) {
        return Target::Own((*name).to_owned());
    }
    if !names.iter().all(|name| is_plain(name)) {
        return Target::Missing;
    }
    if names.is_empty() && !is_folder {
        return Target::Elsewhere(prefix.path().to_owned());
    }
    let index = is_folder.then_some("index.html");
    match find(out, names.iter().copied().chain(index)) {
        Some(Found::File(file)) => Target::File(file),
        Some(Found::Folder) if !is_folder => Target::Elsewhere(format!("{path}/")),
        _ => Target::Missing,
    }
}

/// A file of the output that is asked for by the preview itself.
pub fn file(out: &Path, name: &str) -> Option<PathBuf> {
    match find(out, std::iter::once(name)) {
        Some(Found::File(file)) => Some(file),
        _ => None,
    }
}

enum Found {
    File(PathBuf),
    Folder,
}

/// Tells whether a name is nobody's business, as web servers take it.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && name != ".well-known"
}

fn find<'n>(out: &Path, names: impl Iterator<Item = &'n str>) -> Option<Found> {
    let out = out.canonicalize().ok()?;
    let mut path = out.clone();
    path.extend(names);
    let real = path.canonicalize().ok()?;
    let inside = real.strip_prefix(&out).ok()?;
    // A link inside the output may still lead to what is hidden there, such as the state folder.
    let hidden = |part: Component<'_>| is_hidden(&part.as_os_str().to_string_lossy());
    if inside.components().any(hidden) {
        return None;
    }
    let kind = real.metadata().ok()?;
    if kind.is_dir() {
        return Some(Found::Folder);
    }
    // A pipe or a device would block whoever opens it.
    kind.is_file().then_some(Found::File(real))
}

/// Tells whether a name is that of a file or folder that is meant to be seen.
fn is_plain(name: &str) -> bool {
    let separates = |c: char| c.is_control() || matches!(c, '/' | '\\');
    // Windows knows drives and streams by a colon, and overlooks dots and blanks at the end.
    let odd = cfg!(windows) && (name.contains(':') || name.ends_with(['.', ' ']));
    !name.is_empty() && !is_hidden(name) && !name.contains(separates) && !odd
}

/// Replaces escapes, once. None where one is broken, or where the bytes are not UTF-8: overlong
/// forms are not, either.
fn unescape(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hexadecimal(rest.next()?)? * 16 + hexadecimal(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    // A digit below 16 fits.
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{Target, locate};
    use crate::serve::prefix::Prefix;
    use std::fs;

    fn output() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        fs::create_dir_all(out.join("2021/files")).unwrap();
        fs::create_dir_all(out.join(".unionplan")).unwrap();
        for file in ["index.html", "2021/index.html", "2021/files/附 件.txt", ".unionplan/lock"] {
            fs::write(out.join(file), "").unwrap();
        }
        fs::write(folder.path().join("secret.txt"), "").unwrap();
        folder
    }

    #[test]
    fn files_and_folders_are_found_below_the_prefix() {
        let folder = output();
        let out = folder.path().join("public");
        let real = out.canonicalize().unwrap();
        let prefix = Prefix::parse("/a/b/").unwrap();
        let file = |name: &str| Target::File(real.join(name));
        let elsewhere = |path: &str| Target::Elsewhere(path.to_owned());
        for (path, target) in [
            ("/a/b/", file("index.html")),
            ("/a/b/2021/", file("2021/index.html")),
            ("/a/b/2021/index.html", file("2021/index.html")),
            ("/a/b/2021/files/%E9%99%84%20%E4%BB%B6.txt", file("2021/files/附 件.txt")),
            ("/a/b/%32021/index%2ehtml", file("2021/index.html")),
            ("/a/b/2021", elsewhere("/a/b/2021/")),
            ("/a/b", elsewhere("/a/b/")),
            ("/", elsewhere("/a/b/")),
            ("/a/b/.preview/events", Target::Own("events".to_owned())),
            ("/a/b/2022/", Target::Missing),
            ("/a/b/index.html/", Target::Missing),
            ("/a/b/2021/files/", Target::Missing),
            ("/a/", Target::Outside),
            ("/a/bb/", Target::Outside),
            ("/index.html", Target::Outside),
            ("/.preview/events", Target::Outside),
        ] {
            assert_eq!(locate(&out, &prefix, path), target, "{path}");
        }
    }

    #[test]
    fn no_spelling_of_a_path_leads_out_of_the_output_or_to_what_is_hidden_in_it() {
        let folder = output();
        let out = folder.path().join("public");
        let prefix = Prefix::default();
        for path in [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/.%2E/secret.txt",
            "/2021/../../secret.txt",
            "/2021/%2e%2e%2f%2e%2e%2fsecret.txt",
            "/..%2fsecret.txt",
            "/..%5csecret.txt",
            "/..\\secret.txt",
            "/%252e%252e/secret.txt",
            "//secret.txt",
            "/./index.html",
            "/2021//index.html",
            "/2021/./index.html",
            "/index.html%00",
            "/%00",
            "/index.html%0a",
            "/.unionplan/lock",
            "/%2eunionplan/lock",
            "/.unionplan/",
            "/.unionplan",
            "/.preview/",
        ] {
            assert_eq!(locate(&out, &prefix, path), Target::Missing, "{path}");
        }
        for path in
            ["/%", "/%2", "/%zz", "/%c0%ae%c0%ae/secret.txt", "/%ff", "/%ed%a0%80", "*", "", "a"]
        {
            assert_eq!(locate(&out, &prefix, path), Target::Unreadable, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_followed_only_to_files_of_the_output() {
        use std::os::unix::fs::symlink;
        let folder = output();
        let out = folder.path().join("public");
        symlink("../secret.txt", out.join("file-out.txt")).unwrap();
        symlink("..", out.join("folder-out")).unwrap();
        symlink(".unionplan", out.join("to-hidden")).unwrap();
        symlink("loop", out.join("loop")).unwrap();
        symlink("index.html", out.join("inside.html")).unwrap();
        let prefix = Prefix::default();
        for path in [
            "/file-out.txt",
            "/folder-out/secret.txt",
            "/folder-out/",
            "/folder-out",
            "/to-hidden/lock",
            "/loop",
        ] {
            assert_eq!(locate(&out, &prefix, path), Target::Missing, "{path}");
        }
        let inside = out.canonicalize().unwrap().join("index.html");
        assert_eq!(locate(&out, &prefix, "/inside.html"), Target::File(inside));
    }

    #[test]
    fn an_output_that_is_not_there_yet_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = locate(&folder.path().join("public"), &Prefix::default(), "/");
        assert_eq!(target, Target::Missing);
    }
}
