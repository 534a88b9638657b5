//! What a program started, and what that started: found so that none of it outlives the program.

use rustix::process::{self, Pid, Signal, WaitOptions};
use std::collections::HashSet;

/// One process, as the system lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Process {
    id: i32,
    parent: i32,
    /// It has ended, and its parent has not asked how.
    ended: bool,
}

/// The descendants of this process that one program brought.
pub(super) struct Family {
    own: i32,
    /// The children that this process had before: somebody else's.
    before: HashSet<i32>,
}

impl Family {
    /// From now on, what loses its parent becomes a child of this process (Linux).
    pub(super) fn adopt() -> Self {
        let own = process::getpid().as_raw_nonzero().get();
        #[cfg(target_os = "linux")]
        // Where the system says no, the process group is what can be reached.
        let _ = process::set_child_subreaper(Some(process::getpid()));
        let children = processes().into_iter().filter(|it| it.parent == own);
        Self {
            own,
            before: children.map(|it| it.id).collect(),
        }
    }

    /// Those that are alive, `leader` itself left out. Those that have ended are forgotten on the way.
    pub(super) fn alive(&self, leader: Pid) -> Vec<Pid> {
        let leader = leader.as_raw_nonzero().get();
        let members = self.members(&processes());
        for orphan in members
            .iter()
            .filter(|it| it.ended && it.parent == self.own && it.id != leader)
        {
            if let Some(id) = Pid::from_raw(orphan.id) {
                let _ = process::waitpid(Some(id), WaitOptions::NOHANG);
            }
        }
        let alive = members.iter().filter(|it| !it.ended && it.id != leader);
        alive.filter_map(|it| Pid::from_raw(it.id)).collect()
    }

    /// Sends `signal` to the group of `leader`, and to every descendant wherever it went.
    pub(super) fn signal(&self, leader: Pid, signal: Signal) {
        let _ = process::kill_process_group(leader, signal);
        for member in self.alive(leader) {
            let _ = process::kill_process(member, signal);
        }
    }

    fn members(&self, all: &[Process]) -> Vec<Process> {
        let mut known: HashSet<i32> = HashSet::from([self.own]);
        let mut members = Vec::new();
        loop {
            let is_new = |it: &&Process| known.contains(&it.parent) && !known.contains(&it.id);
            let of_others = |it: &Process| it.parent == self.own && self.before.contains(&it.id);
            let found: Vec<Process> = all.iter().filter(is_new).filter(|it| !of_others(it)).copied().collect();
            if found.is_empty() {
                return members;
            }
            known.extend(found.iter().map(|it| it.id));
            members.extend(found);
        }
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        #[cfg(target_os = "linux")]
        let _ = process::set_child_subreaper(None);
    }
}

/// Every process that the system shows.
#[cfg(target_os = "linux")]
fn processes() -> Vec<Process> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let ids = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    ids.filter_map(|id: i32| parse(id, &std::fs::read(format!("/proc/{id}/stat")).ok()?))
        .collect()
}

/// Elsewhere nobody tells in a way that needs no further library.
#[cfg(not(target_os = "linux"))]
fn processes() -> Vec<Process> {
    Vec::new()
}

/// `12 (a name) S 1 …`: the name may hold anything, so that the last parenthesis counts.
#[cfg(target_os = "linux")]
fn parse(id: i32, stat: &[u8]) -> Option<Process> {
    let behind_name = stat.iter().rposition(|byte| *byte == b')')? + 1;
    let rest = std::str::from_utf8(&stat[behind_name..]).ok()?;
    let mut words = rest.split_ascii_whitespace();
    let state = words.next()?;
    Some(Process {
        id,
        parent: words.next()?.parse().ok()?,
        ended: matches!(state, "Z" | "X"),
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Family, Process, parse};
    use std::collections::HashSet;

    #[test]
    fn a_name_with_parentheses_and_spaces_does_not_mislead() {
        let found = parse(7, b"7 (a) Z 3 (b) S 12 7 7 0").unwrap();
        assert_eq!((found.parent, found.ended), (12, false));
        assert!(parse(7, b"7 (a) Z 12").unwrap().ended);
        assert_eq!(parse(7, b"nonsense"), None);
    }

    #[test]
    fn the_family_is_all_descendants_but_those_that_were_there_before() {
        let process = |id, parent| Process {
            id,
            parent,
            ended: false,
        };
        let all = [
            process(2, 1),
            process(3, 2),
            process(4, 1),
            process(5, 4),
            process(6, 3),
            process(9, 8),
        ];
        let family = Family {
            own: 1,
            before: HashSet::from([4]),
        };
        let ids: Vec<i32> = family.members(&all).iter().map(|it| it.id).collect();
        assert_eq!(ids, [2, 3, 6]);
    }
}
