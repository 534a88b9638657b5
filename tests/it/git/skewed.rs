//! Random histories with merges, with clocks that are right and clocks that are not: each range is held against plain
//! reachability, and against git where git is sure of itself.

use super::range_agreement::{agree, ids};
use crate::support::repo::Repo;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

pub const COMMITS: usize = 60;

/// Numbers that look random and are the same each time.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// A history of random shape: the parents of each commit, and the repository that holds it.
pub struct Random {
    pub repo: Repo,
    parents: Vec<Vec<usize>>,
    pub ids: Vec<String>,
}

impl Random {
    /// `skewed`: a quarter of the commits has a date that is off by up to 30 commits.
    pub fn new(seed: u64, skewed: bool) -> Self {
        let mut numbers = Numbers(seed * 2 + 1);
        let mut parents: Vec<Vec<usize>> = Vec::new();
        let mut stream = String::new();
        for number in 0..COMMITS {
            let mut own = BTreeSet::new();
            if number > 0 {
                let wanted = [1, 1, 1, 1, 2, 2, 3][numbers.below(7)];
                own.extend((0..wanted).map(|_| number - 1 - numbers.below(number.min(8))));
            }
            let own: Vec<usize> = own.into_iter().rev().collect();
            let off = if skewed && numbers.below(4) == 0 {
                numbers.below(60) as i64 - 30
            } else {
                0
            };
            let time = 1_700_000_000 + 60 * (number as i64 + off);
            writeln!(stream, "commit refs/heads/c{number}\nmark :{}", number + 1).unwrap();
            writeln!(stream, "author A <a@example.com> {time} +0000").unwrap();
            writeln!(stream, "committer C <c@example.com> {time} +0000\ndata 2\nc").unwrap();
            for (at, parent) in own.iter().enumerate() {
                writeln!(stream, "{} :{}", if at == 0 { "from" } else { "merge" }, parent + 1).unwrap();
            }
            let (path, line) = (numbers.below(12), numbers.below(1000));
            let content = format!("{line}\n");
            writeln!(
                stream,
                "M 100644 inline dir{}/file{path}\ndata {}\n{content}",
                path % 3,
                content.len()
            )
            .unwrap();
            parents.push(own);
        }
        let repo = Repo::new();
        repo.git_with_input(&["fast-import", "--quiet", "--force"], stream.as_bytes());
        let refs = repo.git(&["for-each-ref", "--sort=version:refname", "--format=%(objectname)"]);
        let ids = refs.lines().map(str::to_owned).collect();
        Self { repo, parents, ids }
    }

    /// The commit and all below it.
    fn reachable(&self, from: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut stack = vec![from];
        while let Some(next) = stack.pop() {
            if found.insert(next) {
                stack.extend(&self.parents[next]);
            }
        }
        found
    }

    fn best_common(&self, one: usize, other: usize) -> BTreeSet<usize> {
        let common: BTreeSet<usize> = &self.reachable(one) & &self.reachable(other);
        let dominated = |at: usize| {
            common
                .iter()
                .any(|&other| other != at && self.reachable(other).contains(&at))
        };
        common.iter().copied().filter(|&at| !dominated(at)).collect()
    }

    /// Holds drift's answer for `base..target` against plain reachability; says whether the set of commits is right.
    fn check(&self, base: usize, target: usize) {
        let history = self.repo.observe(&self.ids[base], &self.ids[target]).unwrap();
        let listed = ids(&history);
        let expected: BTreeSet<usize> = &self.reachable(target) - &self.reachable(base);
        let expected_ids: BTreeSet<&String> = expected.iter().map(|&at| &self.ids[at]).collect();
        assert_eq!(listed.iter().collect::<BTreeSet<_>>(), expected_ids, "{base}..{target}");
        let best = self.best_common(base, target);
        assert_eq!(history.merge_bases, best.len(), "{base}..{target}");
        assert!(best.iter().any(|&at| self.ids[at] == history.merge_base.to_string()));
        self.check_order(&listed);
    }

    fn check_order(&self, listed: &[String]) {
        let places: BTreeMap<&String, usize> = listed.iter().enumerate().map(|(place, id)| (id, place)).collect();
        for (number, parents) in self.parents.iter().enumerate() {
            for &parent in parents {
                if let (Some(child), Some(parent)) = (places.get(&self.ids[number]), places.get(&self.ids[parent])) {
                    assert!(parent < child, "c{number} comes before its parent");
                }
            }
        }
    }
}

#[test]
fn random_histories_are_read_as_git_reads_them() {
    for seed in 1..=3 {
        let random = Random::new(seed, false);
        let mut numbers = Numbers(seed + 100);
        for round in 0..4 {
            let (base, target) = (numbers.below(COMMITS), numbers.below(COMMITS));
            random.check(base, target);
            agree(&random.repo, &random.ids[base], &random.ids[target]);
            if round == 1 {
                random.repo.git(&["commit-graph", "write", "--reachable"]);
            }
        }
    }
}

#[test]
fn clocks_that_run_apart_lose_no_commit_and_add_none() {
    for seed in 1..=8 {
        let random = Random::new(seed + 1000, true);
        let mut numbers = Numbers(seed);
        for _ in 0..20 {
            random.check(numbers.below(COMMITS), numbers.below(COMMITS));
        }
    }
}

#[test]
fn one_two_and_three_threads_say_the_same() {
    let repo = Repo::new();
    let mut stream = String::new();
    for number in 0..300 {
        let content = format!("{number}\n");
        let data = content.len();
        writeln!(stream, "commit refs/heads/main\nmark :{}", number + 1).unwrap();
        writeln!(
            stream,
            "committer C <c@example.com> {} +0000\ndata 2\nc",
            1_700_000_000 + number
        )
        .unwrap();
        writeln!(
            stream,
            "M 100644 inline d{}/f{}\ndata {data}\n{content}",
            number % 7,
            number % 31
        )
        .unwrap();
    }
    repo.git_with_input(&["fast-import", "--quiet", "--force"], stream.as_bytes());
    let said = |threads| {
        let query = drift::git::Query {
            threads,
            line_counts: true,
            ..drift::git::Query::new("main~299", "main")
        };
        format!("{:?}", repo.open().unwrap().observe(&query).unwrap())
    };
    let once = said(1);
    assert_eq!(said(2), once);
    assert_eq!(said(3), once);
    assert_eq!(said(0), once);
}
