//! What the search page looks through, made beside the pages: a chunk as soon as the last of its
//! plans is through, so that few texts are held at once, and the index when all chunks are.

use super::Run;
use crate::build::Changed;
use crate::build::key::plan_files;
use crate::lock::lock;
use crate::plan::Plan;
use crate::publish::{Batch, Output};
use crate::search::chunks::{Chunk, chunks};
use crate::search::files::{self, Listed};
use crate::search::terms::Terms;
use crate::search::{Part, entries};
use crate::site::UnionFrame;
use crate::site::routes::{Routes, search_folder};
use crate::source::{PlanFiles, UnionFolder, YearFolder};
use rayon::Scope;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// Filters are rendered so many at a time, then written.
const FILTERS_AT_A_TIME: u32 = 64;

/// The plans of a site as they are searched, and what has been gathered of them.
#[derive(Default)]
pub struct Search<'r> {
    /// A union's position and a year's folder, in the order of years.
    plans: Vec<(usize, &'r YearFolder)>,
    chunks: Vec<Chunk>,
    /// A union's position and a year → positions of chunk and plan.
    places: BTreeMap<(usize, i32), (usize, usize)>,
    gathered: Vec<Mutex<Gathered>>,
    made: Vec<Mutex<Option<MadeChunk>>>,
}

/// The plans of a chunk that have come through.
#[derive(Default)]
struct Gathered {
    count: usize,
    plans: BTreeMap<usize, Through>,
}

/// A plan that has come through.
pub struct Through {
    /// The key of its pages; none if it has to be read each time.
    pub key: Option<u128>,
    /// What can be found of it; none if it was kept unread.
    pub found: Option<Found>,
}

/// What can be found of a plan, made ready as soon as the plan is through: on a small site all plans
/// are one chunk, and to do it for all of them would keep everything else waiting.
pub struct Found {
    /// As the chunk's file has it.
    json: String,
    /// The characters of the only chunk.
    terms: Terms,
    /// The texts themselves, of whose pairs the terms of one chunk among several are made.
    part: Option<Part>,
}

impl Found {
    fn new(part: Part, has_several: bool) -> Self {
        let json = files::part(&part);
        match has_several {
            true => Self { json, terms: Terms::default(), part: Some(part) },
            false => Self { json, terms: Terms::of(&[part], false), part: None },
        }
    }

    /// The terms of a chunk.
    fn terms(plans: Vec<Self>, has_several: bool) -> Terms {
        if has_several {
            let parts: Vec<Part> = plans.into_iter().filter_map(|found| found.part).collect();
            return Terms::of(&parts, true);
        }
        let mut terms = Terms::default();
        plans.iter().for_each(|found| terms.characters.extend(&found.terms.characters));
        terms
    }
}

/// A chunk of the new site.
#[derive(Clone)]
struct MadeChunk {
    version: String,
    /// None if it was kept unread.
    terms: Option<Arc<Terms>>,
}

/// What a process remembers of the search data that it has published.
#[derive(Debug, Clone, Default)]
pub struct Searched {
    chunks: Vec<Listed>,
    terms: Vec<Arc<Terms>>,
    /// Whether the terms are of the chunks: a plan may change between two readings.
    is_certain: bool,
}

impl Searched {
    /// What is worth remembering: nothing of which it is uncertain that it was published.
    fn remembered(self) -> Self {
        if self.is_certain { self } else { Self::default() }
    }

    fn terms(&self, chunk: &Listed) -> Option<Arc<Terms>> {
        let at = self.chunks.iter().position(|known| known == chunk)?;
        self.terms.get(at).cloned()
    }
}

impl<'r> Search<'r> {
    /// Cuts the plans of all unions into chunks.
    pub fn new<'u: 'r>(unions: impl Iterator<Item = &'u UnionFolder>) -> Self {
        let mut plans: Vec<(usize, &YearFolder)> = Vec::new();
        let mut folders: Vec<String> = Vec::new();
        let mut named = Vec::new();
        for (index, union) in unions.enumerate() {
            let routes = Routes::new(union.branch.as_deref());
            let years = union.years.iter();
            named.extend(
                years.map(|year| (index, year, routes.year(year.year).folder().to_owned())),
            );
        }
        named.sort_by_key(|(index, year, _)| (year.year, *index));
        for (index, year, folder) in named {
            plans.push((index, year));
            folders.push(folder);
        }
        let chunks = chunks(&folders.iter().map(String::as_str).collect::<Vec<_>>());
        let mut places = BTreeMap::new();
        for (number, chunk) in chunks.iter().enumerate() {
            for at in chunk.plans.clone() {
                places.insert((plans[at].0, plans[at].1.year), (number, at));
            }
        }
        let gathered = chunks.iter().map(|_| Mutex::default()).collect();
        let made = chunks.iter().map(|_| Mutex::default()).collect();
        Self { plans, chunks, places, gathered, made }
    }

    fn has_several(&self) -> bool {
        self.chunks.len() > 1
    }
}

impl Run<'_> {
    /// Takes note of a plan that has come through; behind the last one of a chunk the chunk is made.
    pub(super) fn gather<'s>(
        &'s self,
        scope: &Scope<'s>,
        index: usize,
        year: i32,
        through: Through,
    ) {
        let Some(output) = self.output else {
            return;
        };
        let Some((number, at)) = self.search.places.get(&(index, year)).copied() else {
            return;
        };
        let mut gathered = lock(&self.search.gathered[number]);
        gathered.plans.insert(at, through);
        gathered.count += 1;
        if gathered.count == self.search.chunks[number].plans.len() {
            let plans = std::mem::take(&mut gathered.plans);
            drop(gathered);
            scope.spawn(move |_| self.chunk(output, number, plans));
        }
    }

    fn chunk(&self, output: &Output, number: usize, plans: BTreeMap<usize, Through>) {
        let chunk = &self.search.chunks[number];
        let folder = search_folder(&chunk.name);
        let pages = if number == 0 { &self.project.pages[..] } else { &[] };
        let keys: Option<Vec<u128>> = plans.values().map(|through| through.key).collect();
        let key = self.key.as_ref().zip(keys).map(|(key, keys)| key.chunk(&keys, pages));
        let done = |version: String, terms: Option<Terms>| {
            let terms = terms.map(Arc::new);
            *lock(&self.search.made[number]) = Some(MadeChunk { version, terms });
        };
        if let Some(version) = key.and_then(|key| self.keep(&folder, key)) {
            return done(version, None);
        }
        let Some((mut plans, as_kept)) = self.found(number, plans) else {
            return;
        };
        let key = key.filter(|_| as_kept);
        let written: Vec<String> =
            plans.iter_mut().map(|found| std::mem::take(&mut found.json)).collect();
        let write = || {
            let pieces = files::entries(&chunk.name, &written);
            let pieces: Vec<&[u8]> = pieces.iter().map(|piece| piece.as_bytes()).collect();
            let hash = || {
                let mut hash = blake3::Hasher::new();
                for piece in &pieces {
                    hash.update(piece);
                }
                hash.finalize().to_hex()[..8].to_owned()
            };
            let mut batch = output.batch(&folder);
            let path = format!("{folder}entries.js");
            let (version, staged) = rayon::join(hash, || batch.write_pieces(&path, &pieces));
            match staged {
                Ok(()) => self.finish(batch, key, version.clone()),
                Err(fault) => self.tell_one(*fault),
            }
            version
        };
        let has_several = self.search.has_several();
        let (version, terms) = rayon::join(write, || Found::terms(plans, has_several));
        done(version, Some(terms));
    }

    /// What can be found of the plans of a chunk. Those that were kept unread are read after all;
    /// with it, whether they are still as they were kept.
    fn found(
        &self,
        number: usize,
        mut plans: BTreeMap<usize, Through>,
    ) -> Option<(Vec<Found>, bool)> {
        let chunk = &self.search.chunks[number];
        let mut found = Vec::with_capacity(chunk.plans.len() + 1);
        if number == 0 && !self.project.pages.is_empty() {
            let part = entries::of_pages(&self.project.pages);
            found.push(Some(Found::new(part, self.search.has_several())));
        }
        let known = chunk.plans.clone().map(|at| (at, plans.remove(&at)));
        let known: Vec<(usize, Option<Found>)> =
            known.map(|(at, through)| (at, through.and_then(|through| through.found))).collect();
        let as_kept = AtomicBool::new(true);
        let read = |at| {
            let (found, is_as_kept) = self.read(at)?;
            as_kept.fetch_and(is_as_kept, Ordering::Relaxed);
            Some(found)
        };
        found.par_extend(known.into_par_iter().map(|(at, known)| known.or_else(|| read(at))));
        let found: Option<Vec<Found>> = found.into_iter().collect();
        Some((found?, as_kept.into_inner()))
    }

    fn read(&self, at: usize) -> Option<(Found, bool)> {
        let (index, folder) = self.search.plans[at];
        let frame = self.union_frame(index);
        let files = PlanFiles::read(self.root, folder);
        let routes = frame.routes().year(folder.year);
        let kept = lock(&self.fingerprints).get(routes.folder()).copied();
        let is_as_kept = kept == plan_files(folder, &files);
        let (plan, found) = files.understand(self.root, folder, frame.union);
        // It was sound a moment ago, and what it has to say has been said.
        if found.errors() > 0 {
            self.tell(found);
            return None;
        }
        Some((self.ready(&frame, &plan?, &attachment_names(folder)), is_as_kept))
    }

    /// Makes ready what can be found of a plan.
    pub(super) fn ready(&self, frame: &UnionFrame<'_>, plan: &Plan, files: &[String]) -> Found {
        Found::new(entries::of_plan(frame, plan, files), self.search.has_several())
    }

    /// Makes the index of all chunks, and the filters where there are several. Returns what to
    /// remember, if that is new.
    pub(super) fn index(&self) -> Option<Searched> {
        let output = self.output?;
        if self.search.plans.is_empty() {
            self.chunk(output, 0, BTreeMap::new());
        }
        let made: Option<Vec<MadeChunk>> =
            self.search.made.iter().map(|made| lock(made).clone()).collect();
        let (made, key) = (made?, self.key.as_ref()?);
        let named = self.search.chunks.iter().zip(&made);
        let chunks: Vec<Listed> = named
            .map(|(chunk, made)| Listed { name: chunk.name.clone(), version: made.version.clone() })
            .collect();
        let key = key.index(&chunks);
        let folder = search_folder("index");
        if self.keep(&folder, key).is_some() {
            // The terms of all chunks take a moment; a watch that begins has it, an edit has not.
            // What is remembered is of no use if another process has published since.
            let is_needed = match self.searched {
                None => self.is_lasting && self.search.has_several(),
                Some(searched) => searched.chunks != chunks,
            };
            let now = is_needed.then(|| self.searched_now(chunks, made)).flatten();
            return now.map(Searched::remembered);
        }
        let now = self.searched_now(chunks, made)?;
        let mut batch = output.batch(&folder);
        match self.write_index(&mut batch, &folder, &now) {
            Ok(()) => self.finish(batch, Some(key).filter(|_| now.is_certain), String::new()),
            Err(fault) => self.tell_one(*fault),
        }
        Some(now.remembered())
    }

    /// The terms of all chunks: of this run, else remembered, else of their plans, read again.
    fn searched_now(&self, chunks: Vec<Listed>, made: Vec<MadeChunk>) -> Option<Searched> {
        let is_certain = AtomicBool::new(true);
        let terms = (0..chunks.len()).into_par_iter().zip(made).map(|(number, made)| {
            let known = made.terms.or_else(|| self.searched?.terms(&chunks[number]));
            known.or_else(|| {
                let (plans, as_kept) = self.found(number, BTreeMap::new())?;
                is_certain.fetch_and(as_kept, Ordering::Relaxed);
                Some(Arc::new(Found::terms(plans, self.search.has_several())))
            })
        });
        let terms: Option<Vec<Arc<Terms>>> = terms.collect();
        Some(Searched { chunks, terms: terms?, is_certain: is_certain.into_inner() })
    }

    fn write_index(
        &self,
        batch: &mut Batch<'_>,
        folder: &str,
        now: &Searched,
    ) -> Result<(), Box<crate::diagnostic::Diagnostic>> {
        let mut characters = crate::search::characters::Characters::default();
        now.terms.iter().for_each(|terms| characters.extend(&terms.characters));
        let index = files::index(&now.chunks, &characters);
        batch.write(&format!("{folder}index.js"), index.as_bytes())?;
        let Some(bits) = files::file_bits(now.chunks.len()) else {
            return Ok(());
        };
        let terms: Vec<&Terms> = now.terms.iter().map(Arc::as_ref).collect();
        let path = |file: u32| format!("{folder}{}.js", files::filter_name(file));
        let stale = self.stale_filters(now, bits);
        let mut wanted = Vec::new();
        for file in 0..1 << bits {
            let is_stale = stale.as_ref().is_none_or(|stale| stale.contains(&file));
            if is_stale || !batch.keep(&path(file)) {
                wanted.push(file);
            }
        }
        for files in wanted.chunks(FILTERS_AT_A_TIME as usize) {
            let texts: Vec<String> =
                files.par_iter().map(|file| files::filter(*file, bits, &terms)).collect();
            for (file, text) in files.iter().zip(texts) {
                batch.write(&path(*file), text.as_bytes())?;
            }
        }
        Ok(())
    }

    /// The filters that are no longer as this process has published them; none if all may be.
    fn stale_filters(&self, now: &Searched, bits: u32) -> Option<BTreeSet<u32>> {
        let before = self.searched.filter(|_| *self.changed != Changed::Everything)?;
        let names = |searched: &Searched| -> Vec<String> {
            searched.chunks.iter().map(|chunk| chunk.name.clone()).collect()
        };
        if names(before) != names(now) {
            return None;
        }
        let mut stale = BTreeSet::new();
        for (before, now) in before.terms.iter().zip(&now.terms) {
            if before.pairs != now.pairs {
                let differs = |file: &u32| before.of_file(*file, bits) != now.of_file(*file, bits);
                stale.extend((0..1 << bits).filter(differs));
            }
        }
        Some(stale)
    }
}

/// The names of a plan's files for download.
pub fn attachment_names(folder: &YearFolder) -> Vec<String> {
    folder.attachments.iter().map(|file| file.name.clone()).collect()
}
