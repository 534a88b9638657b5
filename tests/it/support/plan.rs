//! Plans by hand: `plan().allows("src/**").unit("U1", "Add login", &["src/login.rs"])`.

use drift::model::{Action, Declaration, Lane, Located, PathPattern, Plan, PlanLocation, Source, Unit, UnitKind};

/// An empty plan with one source and one lane, named `plan`.
pub fn plan() -> PlanBuilder {
    lane("plan")
}

/// An empty plan with one source and one lane of this name.
pub fn lane(name: &str) -> PlanBuilder {
    PlanBuilder(Plan {
        sources: vec![Source {
            name: format!("{name}.json"),
            format: "commit_plan",
            ..Source::default()
        }],
        lanes: vec![Lane {
            name: name.into(),
            ..Lane::default()
        }],
        ..Plan::default()
    })
}

/// A plan in the making. Declarations are written `path`, or `CREATE path`, `MODIFY path`, `DELETE path`, `RENAME path`.
pub struct PlanBuilder(pub Plan);

impl PlanBuilder {
    /// What the work as a whole may touch.
    pub fn allows(mut self, text: &str) -> Self {
        self.0.lanes[0].allowed.push(declaration(text));
        self
    }

    /// What it must not touch.
    pub fn forbids(mut self, text: &str) -> Self {
        self.0.lanes[0].forbidden.push(declaration(text));
        self
    }

    /// One more unit.
    pub fn unit(mut self, id: &str, title: &str, files: &[&str]) -> Self {
        self.0.units.push(Unit {
            id: id.into(),
            title: title.into(),
            files: files.iter().map(|text| declaration(text)).collect(),
            ..Unit::default()
        });
        self
    }

    /// The last unit comes after `id`.
    pub fn after(mut self, id: &str) -> Self {
        let place = PlanLocation::default();
        self.last().depends_on.push(Located {
            value: id.into(),
            location: place,
        });
        self
    }

    /// The last unit only looks: no commit is expected of it.
    pub fn check_only(mut self) -> Self {
        self.last().kind = UnitKind::Check;
        self
    }

    /// Changes the lane.
    pub fn lane(mut self, change: impl FnOnce(&mut Lane)) -> Self {
        change(&mut self.0.lanes[0]);
        self
    }

    /// The plan.
    pub fn build(self) -> Plan {
        self.0
    }

    fn last(&mut self) -> &mut Unit {
        self.0.units.last_mut().unwrap()
    }
}

fn declaration(text: &str) -> Declaration {
    let actions = [Action::Create, Action::Modify, Action::Delete, Action::Rename];
    let found = actions.into_iter().find_map(|action| {
        let rest = text.strip_prefix(action.name())?.strip_prefix(' ')?;
        Some((action, rest))
    });
    let (action, path) = found.map_or((None, text), |(action, rest)| (Some(action), rest));
    Declaration {
        pattern: PathPattern::parse(path).unwrap(),
        action,
        reason: None,
        location: PlanLocation::default(),
    }
}
