//! The one way from a word to a mission: its id, the first eight letters of that, its slug, or its folder's name; with a
//! lane behind it where one is meant. Ambiguous is an error that lists the candidates, and nothing is picked silently.

use super::plan_folder::Folder;
use super::{OpsError, Refusal};
use crate::formats::{self, Input, Text};
use crate::git::Repository;
use crate::model::{PathPattern, distance};
use crate::store;

/// Where missions lie.
const HOME: &str = "kitty-specs";
/// What the branches of missions begin with.
const BRANCH: &str = "kitty/mission-";
/// How many names are proposed in place of an unknown one.
const MAX_NEAREST: usize = 3;

/// A mission that was named.
#[derive(Clone, Debug)]
pub struct Mission {
    /// Its folder.
    pub folder: Folder,
    /// The lane that is meant, `lane-a`; `None`: the mission as a whole.
    pub lane: Option<String>,
}

/// A mission as it is known: its folder's name, and the id that it declares.
struct Known {
    name: String,
    id: Option<String>,
}

impl Known {
    /// The first eight letters of the declared id.
    fn mid8(&self) -> Option<&str> {
        let mid8 = self.id.as_deref()?.get(..8)?;
        is_crockford(mid8).then_some(mid8)
    }

    /// The folder's name without the id at its end; a tail counts only if it is the declared id's beginning.
    fn slug(&self) -> &str {
        let tail = self.mid8().and_then(|mid8| self.name.strip_suffix(mid8));
        tail.and_then(|slug| slug.strip_suffix('-')).unwrap_or(&self.name)
    }

    fn answers_to(&self, word: &str) -> bool {
        let is_id = self.id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(word));
        let is_mid8 = self.mid8().is_some_and(|mid8| mid8.eq_ignore_ascii_case(word));
        let is_both = self
            .mid8()
            .is_some_and(|mid8| word == format!("{}-{mid8}", self.slug()));
        is_id || is_mid8 || is_both || word == self.name || word == self.slug()
    }
}

/// Whether all letters are of Crockford's base 32.
fn is_crockford(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"ILOU".contains(&byte)))
}

/// The mission that `word` names, in the worktree or else in the tree of `rev` (of HEAD in a bare repository); `None`
/// where the word can't be such a name, or there are no missions at all.
pub fn named(word: &str, rev: Option<&str>, repository: &Repository) -> Result<Option<Mission>, OpsError> {
    let bare = word.strip_prefix(BRANCH).unwrap_or(word);
    let is_name = !bare.is_empty()
        && bare
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it));
    if !is_name {
        return Ok(None);
    }
    let home = Home::of(rev, repository)?;
    let known = home.missions(repository)?;
    if known.is_empty() {
        return Ok(None);
    }
    let (mission, lane) = bare.split_at(bare.rfind("-lane-").unwrap_or(bare.len()));
    let whole = the_only(&known, bare)?;
    let (found, lane) = match whole {
        Some(found) => (Some(found), None),
        None if !lane.is_empty() => (the_only(&known, mission)?, Some(lane[1..].to_owned())),
        None => (None, None),
    };
    match found {
        Some(found) => Ok(Some(Mission {
            folder: home.folder(&found.name),
            lane,
        })),
        None => Err(Refusal::UnknownMission {
            name: word.to_owned(),
            nearest: nearest(&known, mission),
        }
        .into()),
    }
}

/// The one mission that answers to `word`.
fn the_only<'k>(known: &'k [Known], word: &str) -> Result<Option<&'k Known>, OpsError> {
    let found: Vec<&Known> = known.iter().filter(|it| it.answers_to(word)).collect();
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(only)),
        several => Err(Refusal::AmbiguousMission {
            name: word.to_owned(),
            candidates: several.iter().map(|it| format!("{HOME}/{}", it.name)).collect(),
        }
        .into()),
    }
}

fn nearest(known: &[Known], word: &str) -> Vec<String> {
    let mut by_distance: Vec<(usize, &str)> = known
        .iter()
        .map(|it| {
            (
                distance(word, it.slug()).min(distance(word, &it.name)),
                it.name.as_str(),
            )
        })
        .filter(|(far, _)| *far <= word.len() / 2)
        .collect();
    by_distance.sort_unstable();
    by_distance
        .into_iter()
        .take(MAX_NEAREST)
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// Where missions are looked for.
enum Home {
    Disk(std::path::PathBuf),
    Tree(String),
    None,
}

impl Home {
    fn of(rev: Option<&str>, repository: &Repository) -> Result<Self, OpsError> {
        Ok(match (rev, repository.workdir()) {
            (Some(rev), _) => Self::Tree(rev.to_owned()),
            (None, Some(top)) => Self::Disk(top.join(HOME)),
            (None, None) if repository.born_head()?.is_some() => Self::Tree("HEAD".to_owned()),
            (None, None) => Self::None,
        })
    }

    fn folder(&self, name: &str) -> Folder {
        let path = format!("{HOME}/{name}");
        match self {
            Self::Disk(home) => Folder::on_disk(&path, &home.join(name)),
            Self::Tree(rev) => Folder::in_tree(rev, &path),
            Self::None => Folder::in_tree("HEAD", &path),
        }
    }

    fn missions(&self, repository: &Repository) -> Result<Vec<Known>, OpsError> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::Disk(home) => {
                let known = store::list_folders(home)?.into_iter().map(|name| {
                    let bytes = store::read_if_there(&home.join(&name).join("meta.json"))?;
                    Ok(known(name, bytes))
                });
                known.collect()
            }
            Self::Tree(rev) => in_tree(rev, repository),
        }
    }
}

fn in_tree(rev: &str, repository: &Repository) -> Result<Vec<Known>, OpsError> {
    let commit = repository.resolve_commit(rev)?;
    let Ok(pattern) = PathPattern::parse(&format!("{HOME}/*/*")) else {
        return Ok(Vec::new());
    };
    let listing = repository.tree_listing(commit, Some(&[pattern]))?;
    let mut names: Vec<&str> = listing
        .files
        .iter()
        .filter_map(|file| file.path.as_str()?.split('/').nth(1))
        .collect();
    names.dedup();
    let known = names.into_iter().map(|name| {
        let bytes = repository.file_at(commit, format!("{HOME}/{name}/meta.json").as_bytes())?;
        Ok(known(name.to_owned(), bytes))
    });
    known.collect()
}

fn known(name: String, meta: Option<Vec<u8>>) -> Known {
    let id = meta.and_then(|bytes| {
        formats::mission_id(&Text::new(Input {
            bytes,
            ..Input::default()
        }))
    });
    Known { name, id }
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn a_tail_counts_only_if_it_is_the_declared_ids_beginning() {
        let known = |name: &str, id: &str| Known {
            name: name.into(),
            id: Some(id.into()).filter(|id: &String| !id.is_empty()),
        };
        let own = known("durable-home-01KVYM1W", "01KVYM1WS4M2FG00WGJV04N879");
        for word in [
            "durable-home-01KVYM1W",
            "durable-home",
            "01KVYM1W",
            "01kvym1w",
            "01KVYM1WS4M2FG00WGJV04N879",
        ] {
            assert!(own.answers_to(word), "{word}");
        }
        for word in ["durable", "01KVYM1", "01KVYM1WS4", "durable-home-01"] {
            assert!(!own.answers_to(word), "{word}");
        }
        let other = known("durable-home-01KVYM1W", "01KZZZZZS4M2FG00WGJV04N879");
        assert!(!other.answers_to("durable-home") && !other.answers_to("01KVYM1W"));
        assert!(other.answers_to("01KZZZZZ") && other.answers_to("durable-home-01KVYM1W"));
        let old = known("007-old", "01KZZZZZS4M2FG00WGJV04N879");
        assert!(old.answers_to("007-old") && old.answers_to("007-old-01KZZZZZ"));
        assert!(!known("007-old", "").answers_to("007"));
        assert!(!known("a", "OIL").answers_to("OIL0"));
    }
}
