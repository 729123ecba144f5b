//! What stands in `site/` that nothing reads. A settings file whose name has got a `.txt` would
//! otherwise be dropped without a word.

use super::discover::is_meant_as;
use crate::diagnostic::{Place, Report, faults};
use std::fs;
use std::path::Path;

/// Folders that are looked into.
const FOLDERS: [&str; 4] = ["pages", "static", "strings", "templates"];

/// Names what in `site/` is not read: files but `site.yaml`, and folders of other names.
pub fn look_over(root: &Path, report: &mut Report) {
    let site = root.join("site");
    if site.is_file() {
        report.push(faults::not_a_folder(Place::whole(Path::new("site"))));
    }
    let Ok(entries) = fs::read_dir(&site) else { return };
    let mut found: Vec<(String, bool)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir())))
        .filter(|(name, _)| !super::discover::is_litter(name))
        .collect();
    found.sort();
    for (name, is_folder) in found {
        let place = Place::whole(&Path::new("site").join(&name));
        match (is_folder, name.as_str()) {
            (false, "site.yaml") => {}
            (true, folder) if FOLDERS.contains(&folder) => {}
            (false, folder) if FOLDERS.contains(&folder) => {
                report.push(faults::not_a_folder(place))
            }
            (true, "site.yaml") => report.push(faults::not_a_file(place)),
            (true, _) => {
                let near = faults::nearest(&name, FOLDERS);
                report.push(faults::not_read_in_site(place, &name, near));
            }
            (false, _) => {
                let is_settings = is_meant_as(&name, "site.yaml");
                let near = Some("site.yaml").filter(|_| is_settings);
                report.push(faults::not_read_in_site(place, &name, near));
            }
        }
    }
}
