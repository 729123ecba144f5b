//! A theme's words: `strings/<language>.yaml`, a flat map from key to text, or to `one` and
//! `other` where a count decides. A theme writes down only the words that it changes, and a site
//! those that differ from its theme's.

use super::ThemeFiles;
use crate::diagnostic::{Report, SourceFile, faults};
use crate::source::fields::Reader;
use crate::source::node::{self, Kind};
use minijinja::Value;
use minijinja::value::{Enumerator, Object};
use std::collections::HashMap;
use std::sync::Arc;

/// Reads the words of a language.
pub fn read(files: &ThemeFiles, language: &str, report: &mut Report) -> Words {
    let mut words = HashMap::new();
    match files.layers(&format!("strings/{language}.yaml")) {
        Ok(layers) => layers.iter().for_each(|file| add(&mut words, file, report)),
        Err(diagnostic) => report.push(*diagnostic),
    }
    Words(words)
}

/// Adds the words of a file, in place of those that are there.
fn add(words: &mut HashMap<String, Value>, file: &SourceFile, report: &mut Report) {
    let root = match node::parse(file) {
        Ok(root) => root,
        Err(diagnostic) => return report.push(*diagnostic),
    };
    let mut reader = Reader::new(file, Report::default());
    let mut lines: HashMap<&str, usize> = HashMap::new();
    if let Kind::Map(pairs) = &root.kind {
        for (key, node) in pairs {
            let name = key.text().unwrap_or("").to_owned();
            if let Some(line) = key.text().and_then(|name| lines.get(name).copied()) {
                let text = node.text().unwrap_or("");
                reader.fault(|place| faults::duplicate_key(place, &name, text, line), key.span);
                continue;
            }
            lines.insert(key.text().unwrap_or(""), key.span.line);
            let value = match &node.kind {
                Kind::Map(_) => {
                    let Some(forms) = reader.fields(node, &["one", "other"]) else {
                        continue;
                    };
                    let one = reader.line(forms.get("one"), "one");
                    let other = reader.line(forms.get("other"), "other");
                    Value::from_pairs([("one", one), ("other", other)])
                }
                Kind::Text(text) => Value::from(text.as_ref()),
                Kind::Empty => Value::from(""),
                Kind::List(_) => {
                    reader.fault(|place| faults::expected_text(place, &name), node.span);
                    continue;
                }
            };
            words.insert(name, value);
        }
    } else {
        reader.fault(|place| faults::expected_map(place, &[]), root.span);
    }
    report.extend(reader.finish());
}

/// Words by key: the template variable `t`. Every page asks for dozens.
#[derive(Debug)]
pub struct Words(HashMap<String, Value>);

impl Words {
    /// A word that has one form only.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }
}

impl Object for Words {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.get(key).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let mut keys: Vec<&String> = self.0.keys().collect();
        keys.sort_unstable();
        Enumerator::Values(keys.into_iter().map(Value::from).collect())
    }
}
