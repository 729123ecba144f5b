//! Writing a file of `data/`: whole or not at all, and never over one that is there without keeping
//! it.

pub mod writer;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all, with the folders that it needs; one that is there is kept
/// beside it. Returns where it is kept.
///
/// # Errors
/// The system can't write; the path tells where.
pub fn write(path: &Path, text: &str) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        |error| (path, error)
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    // A name that is never taken for data, and that no other run of the program uses.
    let draft = with_ending(path, &format!(".{}.tmp", std::process::id()));
    let written = fs::File::create(&draft).and_then(|mut file| {
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    });
    let result = written.map_err(at(&draft)).and_then(|()| {
        let kept = keep(path)?;
        fs::rename(&draft, path).map_err(at(path))?;
        Ok(kept)
    });
    if result.is_err() {
        let _ = fs::remove_file(&draft);
    }
    result
}

/// Copies a file that is there to a name of its own beside it: `plan.yaml.bak`, `plan.yaml.2.bak`.
fn keep(path: &Path) -> Result<Option<PathBuf>, (PathBuf, io::Error)> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    let mut number = 1;
    loop {
        let ending = if number == 1 { ".bak".to_owned() } else { format!(".{number}.bak") };
        let kept = with_ending(path, &ending);
        match fs::File::create_new(&kept) {
            Ok(mut copy) => {
                let copied = fs::File::open(path)
                    .and_then(|mut old| io::copy(&mut old, &mut copy))
                    .and_then(|_| copy.sync_all());
                return match copied {
                    Ok(()) => Ok(Some(kept)),
                    Err(error) => {
                        let _ = fs::remove_file(&kept);
                        Err((kept, error))
                    }
                };
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err((kept, error)),
        }
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::fs;

    #[test]
    fn what_was_there_is_kept_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("2022/plan.yaml");
        assert_eq!(write(&path, "一").unwrap(), None);
        let first = write(&path, "二").unwrap().unwrap();
        let second = write(&path, "三").unwrap().unwrap();
        assert_eq!(first, folder.path().join("2022/plan.yaml.bak"));
        assert_eq!(second, folder.path().join("2022/plan.yaml.2.bak"));
        let read = |path: &std::path::Path| fs::read_to_string(path).unwrap();
        assert_eq!([read(&path), read(&first), read(&second)], ["三", "一", "二"]);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 3, "no draft is left");
    }

    #[test]
    fn what_can_not_be_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("plan.yaml/inner")).unwrap();
        assert!(write(&folder.path().join("plan.yaml"), "一").is_err());
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["plan.yaml"]);
        assert!(write(&folder.path().join("plan.yaml/inner/x"), "一").is_ok());
    }
}
