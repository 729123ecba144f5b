//! A build that is killed at any moment: until the next run the output holds whole files of the
//! old site and of the new one and nothing else, and the next run makes the site whole. What is
//! not ours is never touched.
//!
//! 440 kills in all; the environment variable `UNIONPLAN_KILLS` asks for another number, and
//! `UNIONPLAN_SEED` for other choices of what is built, which files of others stand in the output
//! and how far a commit gets.

#![allow(clippy::unwrap_used)]
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use support::editions::{
    Edition, Files, Mixture, Published, Random, foreign_files, insist_styled, stylesheet, times,
};
use support::killing::{End, Moment, duration, kill, time, typical};
use support::stderr;

const KILLS: u64 = 440;

/// One storm at a time, so that a moment of a build is the same moment in each run of it.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kills(share: u64) -> u64 {
    times(share, "UNIONPLAN_KILLS", KILLS)
}

/// A moment of the commit, the earlier ones more often: a commit that moves whole folders is made
/// of few changes.
fn commit_moment(random: &mut Random) -> Moment {
    let most = 1 << random.below(9);
    Moment::Changes(random.below(most))
}

/// What there is of others this time: nothing, one file in three, or everything.
fn some_foreign_files(random: &mut Random) -> Files {
    let share = [0, 1, 3][usize::try_from(random.below(3)).unwrap()];
    foreign_files(|| random.below(3) < share)
}

#[test]
fn killed_at_moments_spread_over_a_build_the_output_holds_whole_files_and_the_next_run_heals() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(1));
    let duration = duration(&editions);
    let mut published = Published::edition(&editions[0]);
    let (mut old, mut killed) = (0, 0);
    let attempts = kills(120);
    // On a busy machine a build may end sooner than it took when it was timed.
    for attempt in 0..attempts * 10 {
        if attempt >= attempts && killed * 2 >= attempts {
            break;
        }
        published.put_foreign(some_foreign_files(&mut random));
        let new = random.other_than(old, editions.len());
        let part = (attempt % attempts) as f64 / attempts as f64;
        let moment = Moment::After(duration.mul_f64(part));
        let end = kill(editions[new].command(&published.out()), &published, moment);
        published.insist_mixture_of(&[&editions[old].site, &editions[new].site]);
        published.build(&editions[new]);
        killed += u64::from(end == End::Killed);
        old = new;
    }
    assert!(killed * 2 >= attempts, "only {killed} of {attempts} runs were killed");
}

#[test]
fn killed_while_files_are_put_in_place_the_output_holds_whole_files_and_the_next_run_heals() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(2));
    let mut published = Published::edition(&editions[0]);
    let (mut old, mut killed, mut mixed) = (0, 0, 0);
    let attempts = kills(80);
    // A commit takes a moment only: on a fast machine many kills come too late.
    for attempt in 0..attempts * 10 {
        if attempt >= attempts && mixed * 5 >= attempts {
            break;
        }
        published.put_foreign(some_foreign_files(&mut random));
        let new = random.other_than(old, editions.len());
        let moment = commit_moment(&mut random);
        let end = kill(editions[new].command(&published.out()), &published, moment);
        let mixture = published.insist_mixture_of(&[&editions[old].site, &editions[new].site]);
        published.build(&editions[new]);
        killed += u64::from(end == End::Killed);
        mixed += u64::from(mixture == Mixture::Mixed);
        old = new;
    }
    println!("{killed} of {attempts} runs were killed, {mixed} with files of both in the output");
    assert!(mixed * 5 >= attempts, "only {mixed} of {attempts} kills fell into a commit");
}

#[test]
fn a_first_build_that_is_killed_leaves_whole_files_only_and_the_next_run_heals() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(3));
    let duration = typical(editions.iter(), |edition| {
        let published = Published::nothing();
        time(edition.command(&published.out()))
    });
    let nothing = Files::new();
    let (mut killed, mut mixed) = (0, 0);
    let attempts = kills(40);
    // A commit takes a moment only: on a fast machine most kills come too late.
    for attempt in 0..attempts * 10 {
        if attempt >= attempts && mixed > 0 {
            break;
        }
        let edition = &editions[attempt as usize % editions.len()];
        let mut published = Published::nothing();
        if attempt % 3 == 0 {
            published.put_foreign(some_foreign_files(&mut random));
        }
        let moment = match attempt % 2 {
            0 => Moment::After(duration.mul_f64((attempt % attempts) as f64 / attempts as f64)),
            _ => commit_moment(&mut random),
        };
        let end = kill(edition.command(&published.out()), &published, moment);
        if published.out().exists() {
            let mixture = published.insist_mixture_of(&[&nothing, &edition.site]);
            mixed += u64::from(mixture == Mixture::Mixed);
        }
        published.build(edition);
        killed += u64::from(end == End::Killed);
    }
    println!("{killed} of {attempts} runs were killed, {mixed} with a part in the output");
    assert!(killed * 2 >= attempts, "only {killed} of {attempts} runs were killed");
    assert!(mixed > 0, "no kill fell into a commit");
}

#[test]
fn kills_upon_kills_are_healed_even_if_the_data_has_changed_again_or_back() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(4));
    let duration = duration(&editions);
    let mut published = Published::edition(&editions[0]);
    let (mut old, mut done, mut mixed) = (0, 0, 0);
    let attempts = kills(40);
    while done < attempts {
        published.put_foreign(some_foreign_files(&mut random));
        // Up to four runs in a row are killed: of the same data, of other data, of the old again.
        let mut tried = vec![old];
        for _ in 0..=random.below(4) {
            let next = match random.below(3) {
                0 => old,
                1 => *tried.last().unwrap(),
                _ => random.other_than(old, editions.len()),
            };
            tried.push(next);
            let moment = match random.below(2) {
                0 => Moment::After(duration.mul_f64(random.below(1000) as f64 / 1000.0)),
                _ => commit_moment(&mut random),
            };
            let end = kill(editions[next].command(&published.out()), &published, moment);
            let sites: Vec<&Files> = tried.iter().map(|&index| &editions[index].site).collect();
            let mixture = published.insist_mixture_of(&sites);
            mixed += u64::from(mixture == Mixture::Mixed);
            done += u64::from(end == End::Killed);
        }
        let last = match random.below(3) {
            0 => old,
            1 => *tried.last().unwrap(),
            _ => random.other_than(old, editions.len()),
        };
        published.build(&editions[last]);
        old = last;
    }
    assert!(mixed > 0, "no kill fell into a commit");
}

#[test]
fn killed_while_pages_are_removed_none_of_them_has_lost_its_style_sheet() {
    let _alone = alone();
    // The other edition has another style sheet, and fewer plans and downloads.
    let editions = [Edition::new(0), Edition::new(2)];
    let published = Published::edition(&editions[0]);
    let mut killed = 0;
    for attempt in 0..kills(20) as usize * 10 {
        if attempt >= kills(20) as usize && killed > 0 {
            break;
        }
        let (old, new) = (&editions[attempt % 2], &editions[1 - attempt % 2]);
        let home = String::from_utf8_lossy(&old.site["index.html"]).into_owned();
        let style = published.out().join(stylesheet("index.html", &home).unwrap());
        let end = kill(new.command(&published.out()), &published, Moment::Gone(style));
        published.insist_mixture_of(&[&old.site, &new.site]);
        insist_styled(&published.files());
        published.build(new);
        killed += u64::from(end == End::Killed);
    }
    assert!(killed > 0, "no kill fell into the removals");
}

#[test]
fn with_what_it_remembers_lost_or_broken_after_a_kill_nothing_of_others_is_lost() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(6));
    let (mut stopped, mut went_on, mut adopted) = (0, 0, 0);
    for _ in 0..kills(40) {
        let old = usize::try_from(random.below(editions.len() as u64)).unwrap();
        let new = random.other_than(old, editions.len());
        let mut published = Published::edition(&editions[old]);
        published.put_foreign(some_foreign_files(&mut random));
        let (old, new) = (&editions[old], &editions[new]);
        kill(new.command(&published.out()), &published, commit_moment(&mut random));
        published.insist_mixture_of(&[&old.site, &new.site]);
        damage(&published.state(), &mut random);
        let before = published.files();
        // Nothing in the way is another than what goes there: it is taken over.
        let is_whole = |site: &Files| {
            before.iter().all(|(path, bytes)| site.get(path).is_none_or(|file| file == bytes))
        };
        if let Some(whole) = [new, old].into_iter().find(|edition| is_whole(&edition.site)) {
            let output = whole.command(&published.out()).output().unwrap();
            assert!(output.status.success(), "{}", stderr(&output));
            published.insist_mixture_of(&[&old.site, &new.site]);
            adopted += 1;
            continue;
        }
        let output = new.command(&published.out()).output().unwrap();
        match output.status.code() {
            Some(0) => went_on += 1,
            // It no longer knows some files as its own: it names them, and touches none of them.
            // Until there it may have carried on with what the killed run had begun.
            Some(3) => {
                let said = stderr(&output);
                assert!(said.contains("foreign-file"), "{said}");
                let differs = |path: &&String| {
                    before.get(*path).is_some_and(|bytes| bytes != &new.site[*path])
                };
                let named =
                    new.site.keys().filter(differs).any(|path| said.contains(path.as_str()));
                assert!(named, "it names a file that it would overwrite: {said}");
                published.insist_mixture_of(&[&old.site, &new.site]);
                let mut again = new.command(&published.out());
                assert!(again.arg("--overwrite").output().unwrap().status.success());
                stopped += 1;
            }
            code => panic!("{code:?}: {}", stderr(&output)),
        }
        // Old files that it has forgotten may be left, but the new site is there and whole.
        published.insist_mixture_of(&[&old.site, &new.site]);
        let found = published.files();
        for (path, bytes) in &new.site {
            assert_eq!(found.get(path), Some(bytes), "{path}");
        }
    }
    println!("{adopted} runs took files over, {went_on} went on, {stopped} named files");
}

/// Loses or breaks what a state folder holds.
fn damage(state: &Path, random: &mut Random) {
    let mut files: Vec<_> = fs::read_dir(state)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && !path.ends_with("lock"))
        .collect();
    files.sort();
    let all_or_one = random.below(2) == 0;
    let one = random.below(files.len().max(1) as u64) as usize;
    let kind = random.below(6);
    for (_, path) in files.into_iter().enumerate().filter(|(index, _)| all_or_one || *index == one)
    {
        let bytes = fs::read(&path).unwrap();
        let cut = random.below(bytes.len() as u64 + 1) as usize;
        match kind {
            0..=2 => fs::write(&path, &bytes[..cut]).unwrap(),
            3 => fs::remove_file(&path).unwrap(),
            4 => fs::write(&path, [&bytes[..cut], &b"\xff\0garbage\n"[..], &bytes[cut..]].concat())
                .unwrap(),
            _ => {}
        }
    }
    if kind == 5 {
        fs::remove_dir_all(state).unwrap();
    }
}

#[test]
fn what_it_remembers_may_break_off_in_the_middle_of_a_name_and_claims_no_other_file_by_that() {
    let edition = Edition::new(0);
    // Somebody else's files, named like the beginnings of our own.
    let page = "branches/library/years.html";
    let beginnings: Files = (1..11)
        .map(|shorter| page[..page.len() - shorter].to_owned())
        .filter(|path| !path.ends_with('/'))
        .map(|path| (path.clone(), format!("{path} is mine").into_bytes()))
        .collect();
    let mut published = Published::edition(&edition);
    published.put_foreign(beginnings.clone());
    let mut tried = 0;
    let mut names: Vec<_> = fs::read_dir(published.state()).unwrap().map(Result::unwrap).collect();
    names.retain(|entry| entry.path().is_file());
    for path in names.iter().map(fs::DirEntry::path) {
        let whole = fs::read(&path).unwrap();
        let places = (0..whole.len()).filter(|at| whole[*at..].starts_with(page.as_bytes()));
        for cut in places.flat_map(|at| (1..11).map(move |shorter| at + page.len() - shorter)) {
            fs::write(&path, &whole[..cut]).unwrap();
            let output = edition.command(&published.out()).output().unwrap();
            assert!(
                output.status.success(),
                "all files are as they should be: {}",
                stderr(&output)
            );
            published.insist_foreign_untouched();
            tried += 1;
        }
    }
    assert!(tried > 0, "the state folder names the page");
}

#[test]
fn a_file_that_somebody_puts_where_a_killed_run_had_not_come_to_yet_is_not_overwritten() {
    let _alone = alone();
    let ([old, new], mut random) = ([Edition::new(2), Edition::new(0)], Random::new(7));
    let mut tried = 0;
    // A commit takes a moment only: on a fast machine most kills come too late.
    for attempt in 0..kills(40) * 10 {
        if attempt >= kills(40) && tried > 0 {
            break;
        }
        let published = Published::edition(&old);
        kill(new.command(&published.out()), &published, commit_moment(&mut random));
        let found = published.files();
        let missing: Vec<&String> =
            new.site.keys().filter(|path| !found.contains_key(*path)).collect();
        if missing.is_empty() || found == old.site {
            continue;
        }
        // In every other case into a folder that is there, if there is any.
        let has_folder = |path: &&&String| published.out().join(path).parent().unwrap().is_dir();
        let beside: Vec<&String> = missing.iter().filter(has_folder).copied().collect();
        let places = if tried % 2 == 0 && !beside.is_empty() { beside } else { missing };
        let path = places[random.below(places.len() as u64) as usize];
        let target = published.out().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(&target, "mine").unwrap();
        let output = new.command(&published.out()).output().unwrap();
        assert!(fs::read(&target).unwrap() == b"mine", "{path} is somebody else's");
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert!(stderr(&output).contains(path.as_str()), "{path}: {}", stderr(&output));
        fs::remove_file(&target).unwrap();
        published.build(&new);
        tried += 1;
    }
    assert!(tried > 0, "no kill fell into a commit");
}

#[test]
fn a_file_that_somebody_puts_where_a_killed_run_has_removed_one_is_not_removed() {
    let _alone = alone();
    let ([old, new], mut random) = ([Edition::new(0), Edition::new(2)], Random::new(8));
    let mut tried = 0;
    // A commit takes a moment only: on a fast machine most kills come too late.
    for attempt in 0..kills(20) * 10 {
        if attempt >= kills(20) && tried > 0 {
            break;
        }
        let mut published = Published::edition(&old);
        let moment = Moment::Changes(random.below(old.site.len() as u64));
        kill(new.command(&published.out()), &published, moment);
        let found = published.files();
        let gone: Vec<&String> = old
            .site
            .keys()
            .filter(|path| !new.site.contains_key(*path) && !found.contains_key(*path))
            .collect();
        if gone.is_empty() {
            continue;
        }
        let path = gone[random.below(gone.len() as u64) as usize];
        published.put_foreign(Files::from([(path.clone(), b"mine".to_vec())]));
        published.build(&new);
        tried += 1;
    }
    assert!(tried > 0, "no kill fell into the removals");
}

#[test]
fn files_that_somebody_puts_beside_ours_after_a_kill_stay() {
    let _alone = alone();
    let (editions, mut random) = (Edition::all(), Random::new(9));
    let mut published = Published::edition(&editions[0]);
    let (mut old, mut mixed) = (0, 0);
    for _ in 0..kills(40) {
        published.put_foreign(some_foreign_files(&mut random));
        let new = random.other_than(old, editions.len());
        let moment = commit_moment(&mut random);
        kill(editions[new].command(&published.out()), &published, moment);
        let mixture = published.insist_mixture_of(&[&editions[old].site, &editions[new].site]);
        mixed += u64::from(mixture == Mixture::Mixed);
        // Into folders that the killed run had still to exchange, to remove, or had just made.
        published.put_foreign(foreign_files(|| true));
        let next = if random.below(3) == 0 { old } else { new };
        published.build(&editions[next]);
        old = next;
    }
    assert!(mixed > 0, "no kill fell into a commit");
}
