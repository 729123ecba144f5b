//! How plans are gathered into chunks, each a file of its own.
//!
//! In the order of years, then of unions, so that a new year adds chunks and leaves the old ones
//! alone, and so that a reader is shown the latest results first. Where a chunk begins depends on the
//! plans' folders only, and not on how many stand before them: a plan that comes or goes changes the
//! chunk that it stands in, and perhaps the next.

use std::ops::Range;

/// Up to so many plans are one chunk: all that a search loads stays well below 150 KB compressed.
pub const ONE_CHUNK: usize = 40;

/// Of several chunks none has fewer plans, but for the last.
const FEWEST: usize = 8;

/// No chunk has more plans.
const MOST: usize = 32;

/// One of so many plans begins a chunk, once there are enough before it.
const ONE_OF: u32 = 8;

/// Some plans that are searched together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Names its folder; derived from its first plan.
    pub name: String,
    /// Its plans, as positions in the list of all.
    pub plans: Range<usize>,
}

/// Cuts a list of plans, known by their folders, into chunks.
pub fn chunks(folders: &[&str]) -> Vec<Chunk> {
    let hash = |folder: &str| blake3::hash(folder.as_bytes());
    let begins = |folder: &str| {
        let hash = hash(folder);
        let bytes = hash.as_bytes();
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]).is_multiple_of(ONE_OF)
    };
    let mut starts = vec![0];
    if folders.len() > ONE_CHUNK {
        let mut start = 0;
        for (at, folder) in folders.iter().enumerate() {
            let size = at - start;
            if size >= MOST || size >= FEWEST && begins(folder) {
                starts.push(at);
                start = at;
            }
        }
    }
    let ends = starts.iter().skip(1).copied().chain([folders.len()]);
    let named = starts.iter().zip(ends).map(|(start, end)| Chunk {
        name: match folders.get(*start) {
            Some(folder) if starts.len() > 1 => hash(folder).to_hex()[..12].to_owned(),
            _ => "all".to_owned(),
        },
        plans: *start..end,
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::{Chunk, FEWEST, MOST, ONE_CHUNK, chunks};
    use std::collections::BTreeSet;

    fn folders(count: usize) -> Vec<String> {
        (0..count)
            .map(|number| format!("branches/b{}/{}/", number % 97, 2000 + number / 97))
            .collect()
    }

    fn cut(folders: &[String]) -> Vec<Chunk> {
        chunks(&folders.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn a_small_site_is_one_chunk() {
        for count in [0, 1, ONE_CHUNK] {
            let one = Chunk { name: "all".to_owned(), plans: 0..count };
            assert_eq!(cut(&folders(count)), [one]);
        }
    }

    #[test]
    fn a_large_site_is_cut_into_chunks_of_like_size_that_hold_every_plan_once() {
        let chunks = cut(&folders(10_000));
        let mut next = 0;
        for chunk in &chunks {
            assert_eq!(chunk.plans.start, next);
            next = chunk.plans.end;
            assert!(chunk.plans.len() <= MOST);
        }
        assert_eq!(next, 10_000);
        assert!(chunks.split_last().unwrap().1.iter().all(|chunk| chunk.plans.len() >= FEWEST));
        assert!((500..800).contains(&chunks.len()), "{}", chunks.len());
        let names: BTreeSet<&String> = chunks.iter().map(|chunk| &chunk.name).collect();
        assert_eq!(names.len(), chunks.len());
    }

    #[test]
    fn a_plan_that_goes_leaves_most_chunks_as_they_are() {
        let all = folders(1_000);
        let contents = |folders: &[String]| -> BTreeSet<(String, Vec<String>)> {
            let named = cut(folders).into_iter();
            named.map(|chunk| (chunk.name, folders[chunk.plans].to_vec())).collect()
        };
        let before = contents(&all);
        let mut changed = 0;
        for gone in (0..1_000).step_by(10) {
            let mut fewer = all.clone();
            fewer.remove(gone);
            changed += contents(&fewer).difference(&before).count();
        }
        assert!(changed < 100 * 3, "{changed} chunks in 100 removals");
    }
}
