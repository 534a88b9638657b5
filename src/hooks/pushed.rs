//! What a push announces: the lines that git writes to pre-push, or the variables of programs that swallow them.

use crate::model::ObjectId;

/// One ref that is to be pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushedRef {
    /// What the user named: `refs/heads/topic`, `HEAD`, an id; `(delete)` for a deletion.
    pub local: String,
    /// The object that the remote is to have; `None`: the ref goes away.
    pub new: Option<ObjectId>,
    /// The ref at the remote.
    pub remote: String,
    /// The object that the remote has, as far as git knows; `None`: the ref is new there.
    pub old: Option<ObjectId>,
}

/// All that was announced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// The refs, in git's order.
    pub refs: Vec<PushedRef>,
    /// Lines that could not be understood.
    pub unreadable: Vec<String>,
}

impl Announced {
    /// Reads what git wrote to standard input: `<local ref> <local id> <remote ref> <remote id>` a line.
    pub fn parse(input: &[u8]) -> Self {
        let mut announced = Self::default();
        for line in String::from_utf8_lossy(input)
            .lines()
            .filter(|line| !line.trim().is_empty())
        {
            match pushed_ref(line) {
                Some(pushed) => announced.refs.push(pushed),
                None => announced.unreadable.push(line.to_owned()),
            }
        }
        announced
    }

    /// What pre-commit and prek say instead: they read standard input themselves, and tell of one ref in variables.
    pub fn from_variables<'a>(variable: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let new = ObjectId::from_hex(variable("PRE_COMMIT_TO_REF")?)?;
        let old = variable("PRE_COMMIT_FROM_REF").and_then(ObjectId::from_hex);
        let name = |key: &str| variable(key).unwrap_or_default().to_owned();
        let pushed = PushedRef {
            local: name("PRE_COMMIT_LOCAL_BRANCH"),
            new: not_null(new),
            remote: name("PRE_COMMIT_REMOTE_BRANCH"),
            old: old.and_then(not_null),
        };
        Some(Self {
            refs: vec![pushed],
            unreadable: Vec::new(),
        })
    }
}

fn pushed_ref(line: &str) -> Option<PushedRef> {
    // What the user named may hold spaces (`HEAD@{1 day ago}`); the other three can't.
    let mut words = line.rsplitn(4, ' ');
    let old = ObjectId::from_hex(words.next()?)?;
    let remote = words.next()?.to_owned();
    let new = ObjectId::from_hex(words.next()?)?;
    Some(PushedRef {
        local: words.next()?.to_owned(),
        new: not_null(new),
        remote,
        old: not_null(old),
    })
}

fn not_null(id: ObjectId) -> Option<ObjectId> {
    id.as_bytes().iter().any(|byte| *byte != 0).then_some(id)
}

impl PushedRef {
    /// Whether it is one of git's or drift's own: notes and records.
    pub fn is_bookkeeping(&self) -> bool {
        ["refs/notes/", "refs/drift/"]
            .iter()
            .any(|prefix| self.remote.starts_with(prefix))
    }

    /// The branches that it may stand for, by their short names: the local one first.
    pub fn branches(&self) -> Vec<&str> {
        let names = [&self.local, &self.remote];
        let mut branches: Vec<&str> = names
            .iter()
            .filter_map(|name| name.strip_prefix("refs/heads/"))
            .collect();
        branches.dedup();
        branches
    }
}

#[cfg(test)]
mod tests {
    use super::Announced;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn new_deleted_and_oddly_named_refs_are_read() {
        let text = format!(
            "refs/heads/a {A} refs/heads/b {ZERO}\n(delete) {ZERO} refs/heads/c {A}\nHEAD@{{1 day ago}} {A} refs/tags/t {A}\n"
        );
        let announced = Announced::parse(text.as_bytes());
        let [new, deleted, odd] = announced.refs.as_slice() else {
            panic!("{announced:?}")
        };
        assert!(new.old.is_none() && new.new.is_some());
        assert_eq!(new.branches(), ["a", "b"]);
        assert!(deleted.new.is_none());
        assert_eq!(odd.local, "HEAD@{1 day ago}");
        assert!(announced.unreadable.is_empty());
    }

    #[test]
    fn what_is_no_announcement_is_kept_apart() {
        assert_eq!(Announced::parse(b""), Announced::default());
        let announced = Announced::parse(b"nonsense\n\n a b c d\n");
        assert_eq!((announced.refs.len(), announced.unreadable.len()), (0, 2));
    }

    #[test]
    fn other_programs_tell_of_one_ref_in_variables() {
        let variable = |name: &str| match name {
            "PRE_COMMIT_TO_REF" => Some(A),
            "PRE_COMMIT_LOCAL_BRANCH" => Some("refs/heads/topic"),
            _ => None,
        };
        let announced = Announced::from_variables(variable).unwrap();
        assert_eq!(announced.refs[0].branches(), ["topic"]);
        assert!(Announced::from_variables(|_| None).is_none());
    }
}
