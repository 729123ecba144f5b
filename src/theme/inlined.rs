//! Words put into templates before they are compiled. The templates of the program ask for words
//! more often than for all else; this way a page has them without looking them up.

use super::templates::escape;
use super::words::Words;

/// A template with its words in place of what asks for them: `{{ t.skip }}` becomes the text, and
/// `t.skip` within a longer tag a literal. What can't stand there, and words with forms for one and
/// for more, stay as they are. In the template, `t` must mean the words everywhere.
pub fn inline(template: &str, words: &Words) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        let tag = tag_at(&rest[at..]);
        rest = &rest[at + tag.len()..];
        match bare_word(tag, words) {
            Some(word) => escape(word, |piece| text.push_str(piece)),
            None if tag.starts_with("{{") || tag.starts_with("{%") => {
                with_literals(tag, words, &mut text);
            }
            None => text.push_str(tag),
        }
    }
    text.push_str(rest);
    text
}

/// The tag that begins a text, or the brace if there is none.
fn tag_at(text: &str) -> &str {
    let end = match text.as_bytes().get(1) {
        Some(b'{') => "}}",
        Some(b'%') => "%}",
        Some(b'#') => "#}",
        _ => return &text[..1],
    };
    text.find(end).map_or(text, |at| &text[..at + end.len()])
}

/// The word that a tag puts on the page as it is.
fn bare_word<'w>(tag: &str, words: &'w Words) -> Option<&'w str> {
    let name = tag.strip_prefix("{{ t.")?.strip_suffix(" }}")?;
    let word = words.text(name)?;
    // Blanks at its ends and an empty word would fall to the tags beside it.
    let can_stand = !word.is_empty() && word.trim() == word && !word.contains(['{', '\n']);
    can_stand.then_some(word)
}

/// Writes a tag with literals in place of words.
fn with_literals(tag: &str, words: &Words, text: &mut String) {
    let is_part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = tag;
    while let Some(at) = rest.find("t.") {
        let (before, asked) = rest.split_at(at);
        text.push_str(before);
        let name = &asked[2..];
        let name = &name[..name.find(|c| !is_part_of_name(c)).unwrap_or(name.len())];
        let is_variable = !before.ends_with(|c| is_part_of_name(c) || matches!(c, '.' | '"'));
        let word = words.text(name).filter(|word| is_variable && !word.contains(['"', '\\', '\n']));
        let length = 2 + name.len();
        match word {
            Some(word) => text.extend(["\"", word, "\""]),
            None => text.push_str(&asked[..length]),
        }
        rest = &asked[length..];
    }
    text.push_str(rest);
}
