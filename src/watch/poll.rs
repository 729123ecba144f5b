//! Finds changes by looking, for file systems that tell nothing of them.

use super::FOLDERS;
use crate::build::Changed;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::WalkDir;

/// What the files below a root looked like at one moment: size and time of the last change, by path
/// below the root. Folders have no size.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Snapshot(BTreeMap<PathBuf, Option<(u64, SystemTime)>>);

impl Snapshot {
    /// Looks at every file once.
    pub fn of(root: &Path) -> Self {
        let walk = |folder| WalkDir::new(root.join(folder)).follow_links(true);
        let entries = FOLDERS.into_iter().flat_map(walk).flatten();
        let files = entries.filter_map(|entry| {
            let path = entry.path().strip_prefix(root).ok()?.to_owned();
            let metadata = entry.metadata().ok().filter(std::fs::Metadata::is_file);
            Some((path, metadata.and_then(|found| Some((found.len(), found.modified().ok()?)))))
        });
        Self(files.collect())
    }

    /// What has changed from another moment to this one.
    pub fn since(&self, before: &Self) -> Changed {
        let paths = self.0.keys().chain(before.0.keys());
        Changed::Paths(
            paths.filter(|path| self.0.get(*path) != before.0.get(*path)).cloned().collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Snapshot;
    use crate::build::Changed;
    use std::fs;

    #[test]
    fn what_came_went_or_changed_between_two_looks_is_found() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for path in ["data/union.yaml", "data/2021/plan.yaml", "data/2022/plan.yaml", "other/x"] {
            write(path, "one");
        }
        let before = Snapshot::of(root.path());
        assert_eq!(Snapshot::of(root.path()).since(&before), Changed::nothing());
        write("data/2021/plan.yaml", "another");
        write("site/site.yaml", "new");
        write("other/x", "none of our affair");
        fs::remove_dir_all(root.path().join("data/2022")).unwrap();
        let paths =
            ["data/2021/plan.yaml", "data/2022", "data/2022/plan.yaml", "site", "site/site.yaml"];
        let expected = Changed::Paths(paths.map(Into::into).into());
        assert_eq!(Snapshot::of(root.path()).since(&before), expected);
    }
}
