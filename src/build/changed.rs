//! What may have changed since the last build of the same process.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What may have changed since the last build. It spares a build what it need not look at; if in
/// doubt, it is everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Anything: the data, the theme, the output.
    Everything,
    /// These files and folders below the root, and nothing else.
    Paths(BTreeSet<PathBuf>),
}

impl Changed {
    /// Nothing, to which changes can be added.
    pub fn nothing() -> Self {
        Self::Paths(BTreeSet::new())
    }

    /// Tells whether something in a folder, or the folder itself, may have changed. The path is
    /// relative to the root.
    pub fn touches(&self, folder: &Path) -> bool {
        match self {
            Self::Everything => true,
            Self::Paths(paths) => {
                // Paths below the folder follow it in order.
                let below = paths.range(folder.to_owned()..).next();
                below.is_some_and(|path| path.starts_with(folder))
                    || folder.ancestors().any(|above| paths.contains(above))
            }
        }
    }

    /// Adds what else has changed.
    pub fn extend(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Paths(paths), Self::Paths(more)) => paths.extend(more),
            _ => *self = Self::Everything,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Changed;
    use std::path::Path;

    fn touched(paths: &[&str], folder: &str) -> bool {
        Changed::Paths(paths.iter().map(Into::into).collect()).touches(Path::new(folder))
    }

    #[test]
    fn a_folder_is_touched_by_what_is_in_it_and_by_what_it_is_in() {
        assert!(touched(&["data/2021/plan.yaml"], "data/2021"));
        assert!(touched(&["data/2021"], "data/2021"));
        assert!(touched(&["data/branches"], "data/branches/library/2021"));
        assert!(touched(&["data/2020/plan.yaml", "data/2021/files/表.txt"], "data/2021"));
        assert!(!touched(&["data/2020/plan.yaml", "data/2022/plan.yaml"], "data/2021"));
        assert!(!touched(&["data/20211/plan.yaml"], "data/2021"));
        assert!(!touched(&[], "data/2021"));
        assert!(Changed::Everything.touches(Path::new("data")));
    }

    #[test]
    fn everything_and_something_is_everything() {
        let mut changed = Changed::nothing();
        changed.extend(Changed::Paths(["data/union.yaml".into()].into()));
        assert!(changed.touches(Path::new("data")) && !changed.touches(Path::new("site")));
        changed.extend(Changed::Everything);
        assert_eq!(changed, Changed::Everything);
    }
}
