//! Rendering the pages of a unit into its batch, on as many threads as have time for it.

use crate::diagnostic::Diagnostic;
use crate::publish::Batch;
use crate::site::Page;
use crate::theme::{Parts, Theme};
use rayon::prelude::*;

/// Pages of a plan that are not worth another thread.
const PAGES_IN_TURN: usize = 12;

/// Room for a page as most are.
const PAGE_BYTES: usize = 32 << 10;

/// Pages that gather plans are rendered so many at a time, then written.
const PAGES_AT_A_TIME: usize = 256;

/// Files of a unit, staged; no batch where a site is only checked.
pub type Staged<'o> = Result<Option<Batch<'o>>, Box<Diagnostic>>;

/// Renders a plan's pages, which share the parts of their frame. While there are plans enough for
/// all threads they come one after the other; of the last plans, another thread takes some.
pub fn pages_of_plan<'o>(
    theme: &Theme,
    mut batch: Option<Batch<'o>>,
    pages: &[Page],
    parts: &Parts,
) -> Staged<'o> {
    if pages.len() > PAGES_IN_TURN {
        let (pages, others) = pages.split_at(pages.len() / 2);
        let another = batch.as_ref().map(Batch::another);
        let (one, other) = rayon::join(
            || pages_of_plan(theme, batch, pages, parts),
            || pages_of_plan(theme, another, others, parts),
        );
        return together(one, other);
    }
    let mut html = Vec::with_capacity(PAGE_BYTES);
    for page in pages {
        theme.render(page, parts, &mut html)?;
        if let Some(batch) = &mut batch {
            batch.write(&page.path, &html)?;
        }
    }
    Ok(batch)
}

/// Renders pages that have nothing in common; there may be as many as unions.
pub fn pages_of_site<'o>(
    theme: &Theme,
    mut batch: Option<Batch<'o>>,
    pages: &[Page],
) -> Staged<'o> {
    for pages in pages.chunks(PAGES_AT_A_TIME) {
        let render = |page| {
            let mut html = Vec::new();
            theme.render(page, &Parts::default(), &mut html).map(|()| html)
        };
        let rendered: Vec<_> = pages.par_iter().map(render).collect();
        for (page, html) in pages.iter().zip(rendered) {
            let html = html?;
            if let Some(batch) = &mut batch {
                batch.write(&page.path, &html)?;
            }
        }
    }
    Ok(batch)
}

/// Stages files that are no pages.
pub fn files<'o>(
    mut batch: Option<Batch<'o>>,
    stage: impl FnOnce(&mut Batch<'o>) -> Result<(), Box<Diagnostic>>,
) -> Staged<'o> {
    batch.as_mut().map_or(Ok(()), stage)?;
    Ok(batch)
}

/// Two parts of a unit as one; of two faults, the first.
pub fn together<'o>(one: Staged<'o>, other: Staged<'o>) -> Staged<'o> {
    let (one, other) = (one?, other?);
    Ok(one.zip(other).map(|(one, other)| one.with(other)))
}
