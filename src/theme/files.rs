//! Where a theme's files come from: `site/`, then `themes/<name>/`, then the program.

use super::builtin;
use crate::diagnostic::{Diagnostic, Place, Report, SourceFile, faults};
use crate::fingerprint::Fingerprint;
use crate::limits;
use crate::lock::lock;
use crate::source::{is_absent, read_text, refuse_link};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The files of a theme, found one by one.
#[derive(Debug)]
pub struct ThemeFiles {
    root: PathBuf,
    folder: PathBuf,
    /// Whether the theme has a folder; the default one needs none.
    has_folder: bool,
    /// The folder of the site's own templates, if there is one.
    site_templates: Option<PathBuf>,
    is_default: bool,
    read: Mutex<BTreeMap<String, Arc<SourceFile>>>,
}

impl ThemeFiles {
    /// The theme of that name, as seen from a root.
    pub fn open(root: &Path, name: &str) -> Self {
        let folder = root.join("themes").join(name);
        Self {
            root: root.to_owned(),
            has_folder: !is_absent(&folder),
            folder,
            site_templates: Some(root.join("site/templates")).filter(|folder| !is_absent(folder)),
            is_default: name == "default",
            read: Mutex::default(),
        }
    }

    /// Tells whether there is such a theme.
    pub fn exists(&self) -> bool {
        self.is_default || self.has_folder
    }

    /// Folders that can't be looked into: what they hold must not be taken as absent.
    pub fn unreadable(&self) -> Report {
        let mut report = Report::default();
        let site = self.root.join("site");
        for folder in [&self.folder, &site.join("templates"), &site.join("strings")] {
            if is_absent(folder) {
                continue;
            }
            let walk = walkdir::WalkDir::new(folder).max_depth(limits::FOLDER_DEPTH);
            for error in walk.into_iter().filter_map(Result::err) {
                let path = error.path().unwrap_or(folder);
                let place = Place::whole(path.strip_prefix(&self.root).unwrap_or(path));
                if let Some(reason) = error.io_error() {
                    report.push(faults::cannot_read(place, reason));
                }
            }
        }
        report
    }

    /// Where a file of the theme lies, if it lies outside the program. Templates of the site come
    /// first.
    fn locate(&self, name: &str) -> Option<PathBuf> {
        let site = name.strip_prefix("templates/").zip(self.site_templates.as_ref());
        let site = site.map(|(rest, folder)| folder.join(rest));
        let theme = self.has_folder.then(|| self.folder.join(name));
        site.into_iter().chain(theme).find(|path| !is_absent(path) && !path.is_dir())
    }

    /// Tells whether the theme has a file.
    pub fn has(&self, name: &str) -> bool {
        self.locate(name).is_some() || builtin::find(name).is_some()
    }

    /// A hash of every file that has been read so far, with its name, in whatever order.
    pub fn fingerprint(&self) -> u128 {
        let mut fingerprint = Fingerprint::default();
        for (name, file) in lock(&self.read).iter() {
            fingerprint.add(name.as_bytes());
            fingerprint.add(file.text.as_bytes());
        }
        fingerprint.value()
    }

    /// Reads a file: `templates/month.html`, `styles/index.css`.
    ///
    /// # Errors
    /// The file is nowhere, too large, or no UTF-8.
    pub fn read(&self, name: &str) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
        let file = self.find(name)?;
        lock(&self.read).insert(name.to_owned(), file.clone());
        Ok(file)
    }

    /// Reads a file wherever there is one of that name, the one that comes first last: of the
    /// program, of the theme, of the site.
    ///
    /// # Errors
    /// It is nowhere, or one of them can't be read.
    pub fn layers(&self, name: &str) -> Result<Vec<Arc<SourceFile>>, Box<Diagnostic>> {
        let builtin =
            builtin::find(name).map(|text| SourceFile::new(format!("themes/default/{name}"), text));
        let mut layers: Vec<_> = builtin.into_iter().collect();
        for path in [self.folder.join(name), self.root.join("site").join(name)] {
            if !is_absent(&path) {
                refuse_link(&self.root, &path)?;
                layers.push(read_text(&self.root, &path, limits::THEME_FILE_BYTES)?);
            }
        }
        if layers.is_empty() {
            return Err(self.missing(name));
        }
        let mut read = lock(&self.read);
        read.extend(layers.iter().map(|file| (file.path.clone(), file.clone())));
        Ok(layers)
    }

    fn find(&self, name: &str) -> Result<Arc<SourceFile>, Box<Diagnostic>> {
        let is_outside = name.split(['/', '\\']).any(|part| part == ".." || part.is_empty());
        let found = if is_outside { None } else { self.locate(name) };
        if let Some(path) = found {
            refuse_link(&self.root, &path)?;
            return read_text(&self.root, &path, limits::THEME_FILE_BYTES);
        }
        match builtin::find(name) {
            Some(text) if !is_outside => {
                Ok(SourceFile::new(format!("themes/default/{name}"), text))
            }
            _ => Err(self.missing(name)),
        }
    }

    fn missing(&self, name: &str) -> Box<Diagnostic> {
        let theme = self.folder.file_name().unwrap_or_default().to_string_lossy();
        let path = format!("themes/{theme}/{name}");
        Box::new(faults::theme_file_missing(Place { path, spot: None }))
    }

    /// The names of all templates, in order.
    pub fn templates(&self) -> Vec<String> {
        let builtin = builtin::FILES.iter().filter_map(|(name, _)| name.strip_prefix("templates/"));
        let mut names: BTreeSet<String> = builtin.map(str::to_owned).collect();
        let of_theme = self.has_folder.then(|| self.folder.join("templates"));
        for folder in of_theme.into_iter().chain(self.site_templates.clone()) {
            let walk = walkdir::WalkDir::new(&folder).max_depth(limits::FOLDER_DEPTH);
            for entry in walk.into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
                if let Ok(below) = entry.path().strip_prefix(&folder) {
                    let name = crate::diagnostic::shown_path(below);
                    if name.ends_with(".html") && !name.starts_with('.') {
                        names.insert(name);
                    }
                }
            }
        }
        names.into_iter().collect()
    }
}
