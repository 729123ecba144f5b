//! The data files as text: calls of the one function that the search page defines.
//!
//! `unionplanSearch(kind, name, data)`, where `name` is the file's own, so that the script knows
//! whose data has come. Data is JSON without what a browser could take for the end of a script or,
//! within a text, of a line.

use super::characters::Characters;
use super::terms::{BITS, Terms};
use super::{Entry, Part};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// Which chunk holds what, once there are several: at most so many files tell it.
const MOST_FILES_BITS: u32 = 10;

/// A chunk as the index lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its folder's name.
    pub name: String,
    /// A hash of its content, by which a browser knows it from an older one.
    pub version: String,
}

/// `entries.js` of a chunk, in pieces: a list of parts, in the order of years, each as [`part`] has
/// it.
pub fn entries<'p>(name: &str, parts: &'p [String]) -> Vec<Cow<'p, str>> {
    let mut pieces = vec![begin("entries", name).into(), "[".into()];
    for (at, part) in parts.iter().enumerate() {
        pieces.extend([if at > 0 { ",".into() } else { "".into() }, part.into()]);
    }
    pieces.extend(["]".into(), END.into()]);
    pieces
}

/// A part as its chunk has it: `{year, folder, union, entries}`, and an entry a list of its kind as a
/// number, title, page (below the part's folder), text, facts and the text's anchor, without those
/// at its end that are empty.
pub fn part(part: &Part) -> String {
    json(&PartView(part))
}

/// `index.js`: `{chunks, versions, variants, readings, files, bits}`. Chunks and versions stand in
/// the same order, the oldest chunk first. `variants` and `readings` are those of
/// [`Characters`]. There are 2 to the power of `files` filters, of hashes of `bits` bits; none
/// where `files` is null.
pub fn index(chunks: &[Listed], characters: &Characters) -> String {
    #[derive(Serialize)]
    struct Index<'i> {
        chunks: Vec<&'i str>,
        versions: Vec<&'i str>,
        files: Option<u32>,
        bits: u32,
        variants: String,
        readings: String,
    }
    let (variants, readings) = rayon::join(|| characters.variants(), || characters.readings());
    let index = Index {
        chunks: chunks.iter().map(|chunk| chunk.name.as_str()).collect(),
        versions: chunks.iter().map(|chunk| chunk.version.as_str()).collect(),
        files: file_bits(chunks.len()),
        bits: BITS,
        variants,
        readings,
    };
    call("index", "index", &json(&index))
}

/// How many bits of a pair's hash tell the filter that it stands in. About two filters a chunk, so
/// that a filter is about as large on a site of a hundred chunks as on one of three; none for one
/// chunk, which is loaded in any case.
pub fn file_bits(chunks: usize) -> Option<u32> {
    match chunks {
        0 | 1 => None,
        _ => Some((chunks * 2).next_power_of_two().ilog2().clamp(4, MOST_FILES_BITS)),
    }
}

/// The name of a filter, without `.js`.
pub fn filter_name(file: u32) -> String {
    format!("{file:03x}")
}

/// A filter: the hashes that begin with the bits of `file`, in order, each as `gap:chunks;`. The gap
/// is the distance to the hash before, the first to one below the file's first; chunks are
/// positions in the index, stretches of them joined by `-`. Numbers are to the base of 36.
pub fn filter(file: u32, bits: u32, terms: &[&Terms]) -> String {
    let found = terms.iter().zip(0_u32..);
    let mut found: Vec<(u32, u32)> = found
        .flat_map(|(terms, chunk)| terms.of_file(file, bits).iter().map(move |hash| (*hash, chunk)))
        .collect();
    found.sort_unstable();
    let mut text = String::with_capacity(found.len() * 3);
    let mut next = file << (BITS - bits);
    for of_hash in found.chunk_by(|(one, _), (other, _)| one == other) {
        let hash = of_hash[0].0;
        base_36(&mut text, hash + 1 - next);
        next = hash + 1;
        let mut mark = ':';
        for stretch in of_hash.chunk_by(|(_, one), (_, other)| one + 1 == *other) {
            text.push(mark);
            base_36(&mut text, stretch[0].1);
            if let [_, .., (_, last)] = stretch {
                text.push('-');
                base_36(&mut text, *last);
            }
            mark = ',';
        }
        text.push(';');
    }
    call("filter", &filter_name(file), &json(&text))
}

fn base_36(text: &mut String, number: u32) {
    if number >= 36 {
        base_36(text, number / 36);
    }
    text.push(char::from_digit(number % 36, 36).unwrap_or('0'));
}

/// The call that hands over data.
fn call(kind: &str, name: &str, json: &str) -> String {
    [&begin(kind, name), json, END].concat()
}

fn begin(kind: &str, name: &str) -> String {
    format!("unionplanSearch(\"{kind}\",\"{name}\",")
}

/// How the call ends.
const END: &str = ");\n";

/// JSON without what a browser could take for something else within a script.
fn json(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).unwrap_or_default();
    // All of these begin with one of two bytes, and next to no text has one.
    let mut text = String::new();
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', 0xe2, json.as_bytes()) {
        let special = json[at..].chars().next();
        if let Some(special @ ('<' | '\u{2028}' | '\u{2029}')) = special {
            text.push_str(&json[from..at]);
            let _ = write!(text, "\\u{:04x}", u32::from(special));
            from = at + special.len_utf8();
        }
    }
    if from == 0 {
        return json;
    }
    text.push_str(&json[from..]);
    text
}

/// A part as its file has it.
struct PartView<'p>(&'p Part);

impl Serialize for PartView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct View<'p> {
            #[serde(skip_serializing_if = "Option::is_none")]
            year: Option<i32>,
            folder: &'p str,
            #[serde(skip_serializing_if = "str::is_empty")]
            union: &'p str,
            entries: Vec<EntryView<'p>>,
        }
        let Part { year, folder, union, entries } = self.0;
        let entries = entries.iter().map(|entry| EntryView { entry, folder }).collect();
        View { year: *year, folder, union, entries }.serialize(serializer)
    }
}

/// An entry as its file has it.
struct EntryView<'p> {
    entry: &'p Entry,
    folder: &'p str,
}

impl Serialize for EntryView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Entry { kind, title, page, text, facts, anchor } = self.entry;
        let page = page.strip_prefix(self.folder).unwrap_or(page);
        let texts = [title, page, text, facts, anchor];
        let anchored = if text.is_empty() { &texts[..4] } else { &texts[..] };
        let length = anchored.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
        let mut list = serializer.serialize_seq(Some(1 + length))?;
        list.serialize_element(&(*kind as u8))?;
        anchored[..length].iter().try_for_each(|text| list.serialize_element(text))?;
        list.end()
    }
}
