//! Which part of a package belongs to which.

use crate::import::read::fault::Fault;
use crate::import::read::package::Package;
use crate::import::read::xml::{Xml, text_of};
use crate::limits;
use crate::words;

/// What a part refers to.
#[derive(Debug, Default)]
pub struct Relations {
    /// The kind of each, such as `header`, with the name of the part.
    targets: Vec<(String, String)>,
    reaches_out: bool,
}

/// The name of the part that holds the text.
pub fn main_part(package: &mut Package<'_>) -> Result<String, Fault> {
    let relations = Relations::of(package, "")?;
    let main = relations.targets.into_iter().find(|(kind, _)| kind == "officeDocument");
    Ok(main.map_or_else(|| "word/document.xml".to_owned(), |(_, target)| target))
}

impl Relations {
    /// What a part of a package refers to; a blank name is the package itself.
    pub fn of(package: &mut Package<'_>, part: &str) -> Result<Self, Fault> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let list = format!("{folder}/_rels/{file}.rels");
        let Some(content) = package.part(&list)? else {
            return Ok(Self::default());
        };
        let text = text_of(content)?;
        let (mut xml, _) = Xml::open(&text)?;
        let mut relations = Self::default();
        while let Some(child) = xml.child(1)? {
            let (Some(kind), Some(target)) = (child.attribute("Type"), child.attribute("Target"))
            else {
                continue;
            };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            if child.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                relations.reaches_out |= kind != "hyperlink";
                continue;
            }
            if relations.targets.len() == limits::ARCHIVE_PARTS {
                return Err(Fault::Large(words!("内部链接太多", "links between its parts")));
            }
            relations.targets.push((kind, resolved(folder, &target)));
        }
        Ok(relations)
    }

    /// Whether something outside of the package is referred to, other than by a link in the text.
    pub fn reaches_out(&self) -> bool {
        self.reaches_out
    }

    /// The text of the first part of a kind.
    pub fn part(&self, kind: &str, package: &mut Package<'_>) -> Result<Option<String>, Fault> {
        let Some((_, target)) = self.targets.iter().find(|(one, _)| one == kind) else {
            return Ok(None);
        };
        package.part(target)?.map(text_of).transpose()
    }

    /// The texts of all parts of a kind, each part once.
    pub fn parts(&self, kind: &str, package: &mut Package<'_>) -> Result<Vec<String>, Fault> {
        let mut names: Vec<&str> = Vec::new();
        let mut texts = Vec::new();
        for (_, target) in self.targets.iter().filter(|(one, _)| one == kind) {
            if names.contains(&target.as_str()) {
                continue;
            }
            names.push(target);
            if let Some(content) = package.part(target)? {
                texts.push(text_of(content)?);
            }
        }
        Ok(texts)
    }
}

/// A target as the name of a part: relative to the folder of the part that refers to it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_stay_in_the_package() {
        assert_eq!(resolved("word", "header1.xml"), "word/header1.xml");
        assert_eq!(resolved("word", "/word/header1.xml"), "word/header1.xml");
        assert_eq!(resolved("word", "../../../etc/passwd"), "etc/passwd");
    }
}
