//! The documents of one mission → one lane, whose units are its work packages.

use super::contract::Contract;
use super::document::{self, Kind};
use super::lanes::{Lanes, WorkLane};
use super::meta::Meta;
use super::package::Package;
use super::{FORMAT, bookkeeping, contract, lanes, manifest, matrix, meta, work_package};
use crate::formats::Text;
use crate::formats::problems::Problems;
use crate::model::{Claim, Expectation, Lane, Located, Location, Plan, PlanLocation, Problem, Unit, UnitKind};
use std::collections::BTreeSet;

/// What the documents say, before it becomes a plan.
#[derive(Default)]
struct Draft {
    meta: Meta,
    lanes: Lanes,
    /// The packages that are planned, in the order of their ids.
    packages: Vec<Package>,
    /// Packages of the manifest, which count where they have a file, or where none has.
    listed: Vec<Package>,
    contract: Contract,
    expectations: Vec<Expectation>,
    /// What the acceptance matrix claims of them.
    claims: Vec<Claim>,
    /// The source of `meta.json` or, without one, of the first document.
    lane_source: usize,
    /// The same of `lanes.json`.
    lanes_source: usize,
    /// Whether something of the mission was left out on purpose: then a package may wait for one that is not here.
    is_selection: bool,
}

/// Reads the documents of one mission; each is a source, in this order.
pub(super) fn read(texts: &[&Text]) -> Plan {
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    for (source, text) in texts.iter().enumerate() {
        let mut own = Problems::new(source);
        draft.add(text, source, &mut own);
        problems.push(own);
    }
    draft.join_listed(&mut problems);
    draft.check(&mut problems);
    let mut plan = draft.into_plan(texts);
    plan.problems = problems.into_iter().flat_map(Problems::into_vec).collect();
    leave_out_of_companions(&mut plan.problems, texts);
    plan
}

/// What is wrong with a document that nobody named is said where it is named.
fn leave_out_of_companions(problems: &mut Vec<Problem>, texts: &[&Text]) {
    problems.retain(|problem| match &problem.location {
        Location::Plan(place) => texts.get(place.source).is_none_or(|text| !text.is_companion),
        _ => true,
    });
}

impl Draft {
    fn add(&mut self, text: &Text, source: usize, problems: &mut Problems) {
        self.is_selection |= text.is_companion;
        match document::kind(text) {
            Some(Kind::WorkPackage) => {
                let package = work_package::read(text, source, problems);
                self.packages.push(package);
            }
            Some(Kind::Manifest) => self.listed = manifest::read(text, problems),
            Some(Kind::Lanes) => {
                self.lanes = lanes::read(text, problems);
                self.lanes_source = source;
            }
            Some(Kind::Meta) => {
                self.meta = meta::read(text, problems);
                self.lane_source = source;
            }
            Some(Kind::Matrix) if !text.is_companion => {
                let matrix = matrix::read(text, problems);
                self.expectations.extend(matrix.expectations);
                self.claims.extend(matrix.verdict);
            }
            Some(Kind::Contract) if !text.is_companion => self.add_contract(contract::read(&text.text, problems)),
            Some(Kind::Matrix | Kind::Contract) | None => {}
        }
    }

    fn add_contract(&mut self, mut more: Contract) {
        let own = &mut self.contract;
        own.clauses.append(&mut more.clauses);
        own.owners.append(&mut more.owners);
        own.tests.append(&mut more.tests);
        own.non_goals.append(&mut more.non_goals);
        own.struck.append(&mut more.struck);
        self.expectations.append(&mut more.expectations);
    }

    /// Joins the manifest's packages with those that have files. Where only some packages were named, the others of the
    /// manifest are not meant.
    fn join_listed(&mut self, problems: &mut [Problems]) {
        let own_files_only = self.is_selection && !self.packages.is_empty();
        for listed in std::mem::take(&mut self.listed) {
            match self.packages.iter_mut().find(|it| it.id == listed.id) {
                Some(package) => package.merge(listed),
                None if own_files_only => {}
                None => self.packages.push(listed),
            }
        }
        self.packages.sort_by(|a, b| a.id.cmp(&b.id));
        work_package::say_what_owns_nothing(&self.packages, problems);
    }

    /// Reports dependencies on packages that a whole mission does not have.
    fn check(&self, problems: &mut [Problems]) {
        if self.is_selection || self.packages.len() < 2 {
            return;
        }
        let known: BTreeSet<&str> = self.packages.iter().map(|it| it.id.as_str()).collect();
        let needed = self.packages.iter().flat_map(|it| &it.depends_on);
        for reference in needed.filter(|it| !known.contains(it.value.as_str())) {
            if let Some(own) = problems.get_mut(reference.location.source) {
                own.add_dangling(reference, "work package of this mission", &known);
            }
        }
    }

    fn into_plan(self, texts: &[&Text]) -> Plan {
        let ids: Vec<&str> = self.packages.iter().map(|it| it.id.as_str()).collect();
        let is_part = self.is_selection || (texts.len() == 1 && ids.len() == 1);
        let own_lane = self.lanes.lane_of(&ids).filter(|_| is_part);
        let own_branch = own_lane.and_then(|lane| self.lanes.branch_of(lane));
        let before = own_lane.map_or_else(Vec::new, |lane| self.lanes.before(lane));
        let branches_before = before
            .into_iter()
            .filter_map(|lane| self.lanes.branch_of(lane))
            .collect();
        let (base_ref, target_ref) = self.range(is_part);
        let units: Vec<Unit> = match self.packages.is_empty() {
            true => self.lanes.lanes.iter().map(unit_of_lane).collect(),
            false => self.packages.iter().map(|it| unit(it, &self.contract)).collect(),
        };
        let lane = Lane {
            name: self.name(texts),
            goal: self.goal(is_part),
            constraints: self
                .contract
                .non_goals
                .iter()
                .map(|it| format!("not a goal: {it}"))
                .collect(),
            references: self.contract.struck.iter().map(|it| format!("struck: {it}")).collect(),
            bookkeeping: bookkeeping::patterns(mission_folder(texts).as_deref()),
            concurrent_units: true,
            own_branch,
            branches_before,
            base_ref,
            target_ref,
            tests: self.contract.tests,
            clauses: self.contract.clauses,
            location: PlanLocation::whole(self.lane_source),
            ..Lane::default()
        };
        Plan {
            sources: texts
                .iter()
                .map(|text| text.source(FORMAT.name, text.shape().is_some()))
                .collect(),
            lanes: vec![lane],
            units,
            expectations: self.expectations,
            claims: self.claims,
            ..Plan::default()
        }
    }

    /// Of a part of a mission the commit that its work began from; of a whole one the range that was accepted.
    fn range(&self, is_part: bool) -> (Option<String>, Option<String>) {
        let planned = || self.lanes.planning_commit.clone();
        if is_part {
            let began = self.in_order_of_work().find_map(|it| it.base_commit.clone());
            return (began.or_else(planned), None);
        }
        (self.meta.base.clone().or_else(planned), self.meta.target.clone())
    }

    /// The packages as their lane works on them, one after the other.
    fn in_order_of_work(&self) -> impl Iterator<Item = &Package> {
        let place = |package: &Package| {
            let order = self.lanes.lanes.iter().flat_map(|lane| &lane.packages);
            order.into_iter().position(|id| *id == package.id).unwrap_or(usize::MAX)
        };
        let mut packages: Vec<&Package> = self.packages.iter().collect();
        packages.sort_by_key(|package| place(package));
        packages.into_iter()
    }

    /// The mission's name: as it calls itself, else its folder's; that of a package or file that is read alone.
    fn name(&self, texts: &[&Text]) -> String {
        let last = |folder: String| folder.rsplit('/').next().unwrap_or_default().to_owned();
        let of_only_package = || match self.packages.as_slice() {
            [only] => Some(only.id.clone()).filter(|id| !id.is_empty()),
            _ => None,
        };
        let of_folder = || {
            let root = document::root(texts.first()?);
            let inside = root.trim_end_matches('/').rsplit(['/', ':']).next()?;
            Some(inside.to_owned()).filter(|name| !name.is_empty() && name != ".")
        };
        let own = self.meta.slug.clone().or_else(|| self.lanes.slug.clone());
        own.or_else(|| mission_folder(texts).map(last))
            .or_else(of_only_package)
            .or_else(of_folder)
            .or_else(|| texts.first().map(|text| file_stem(&text.name).to_owned()))
            .unwrap_or_default()
    }

    fn goal(&self, is_part: bool) -> Option<Located<String>> {
        let of_package = || match self.packages.as_slice() {
            [only] if !only.title.is_empty() => Some(Located {
                value: only.title.clone(),
                location: only.location.clone(),
            }),
            _ => None,
        };
        if is_part {
            of_package().or_else(|| self.meta.goal.clone())
        } else {
            self.meta.goal.clone().or_else(of_package)
        }
    }
}

/// A package as a unit. One that owns nothing by its own word, or makes plans and owns none, may have no commit.
fn unit(package: &Package, contract: &Contract) -> Unit {
    let files = package.files();
    let owns_nothing = files.is_empty() && (package.owned.is_some() || package.is_planning);
    let clauses = contract.owners.iter().filter(|(owner, _)| *owner == package.id);
    Unit {
        id: package.id.clone(),
        title: package.title.clone(),
        kind: if owns_nothing { UnitKind::Check } else { UnitKind::Work },
        codebase_wide: package.codebase_wide,
        files,
        depends_on: package.depends_on.clone(),
        clauses: clauses.map(|(_, clause)| clause.clone()).collect(),
        body: package.body.clone(),
        location: package.location.clone(),
        ..Unit::default()
    }
}

/// Where only `lanes.json` is known, a lane stands for its packages.
fn unit_of_lane(lane: &WorkLane) -> Unit {
    Unit {
        id: lane.id.clone(),
        title: lane.packages.join(", "),
        files: lane.scope.clone(),
        depends_on: lane.depends_on.clone(),
        location: lane.location.clone(),
        ..Unit::default()
    }
}

/// The folder of the mission inside the repository, where it has a name there.
fn mission_folder(texts: &[&Text]) -> Option<String> {
    let root = document::root(texts.first()?);
    let inside = match root.split_once(':') {
        Some((rev, path)) if !rev.contains('/') || path.contains("kitty-specs/") => path,
        _ => root,
    };
    let at = inside.rfind("kitty-specs/")?;
    let folder = inside[at..].trim_end_matches('/');
    (folder.matches('/').count() == 1).then(|| folder.to_owned())
}

fn file_stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\', ':']).next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
