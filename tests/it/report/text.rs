//! The report for a terminal.

use super::rendered;
use snapbox::{IntoData, assert_data_eq, str};

#[test]
fn the_verdict_comes_first_then_what_settles_it_then_the_numbers() {
    assert_data_eq!(rendered("text", false), str![[r#"
aligned  add-login-0a1b2c3d  main..HEAD  2 commits, 4 files
4 warnings, 1 accepted

warning[D101]: `src/new|name.rs` was added by 1 commit; nothing declares it
--> src/new|name.rs
 = help: declare it in `plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-f86c802cd2b9 --because …`

warning[D201]: unit `U3` ("Describe the login") has none of the range's 2 commits
--> plan.json
 = help: do it, name it in its commit (`Drift-Unit: U3`), or take it out of the plan in a new run, or accept it: `drift accept D201-6bc99de8a368 --because …`

warning[D202]: commit `0000000` ("chore: tidy <b>up</b>") touches 2 files and stands for no unit
--> commit 0000000000
 = help: name its unit in a `Drift-Unit:` trailer, or plan a unit for it in a new run, or accept it: `drift accept D202-90cb8d66cd29 --because …`

warning[D205]: commit `0000000` ("feat: check the password at login, limit the tries per user") does units `U2` and `U1` at once
--> commit 0000000000
 = help: split the commit, or plan these as one unit in a new run, or accept it: `drift accept D205-ecc42f304df2 --because …`

note[D101]: `src/other.rs` was changed by 1 commit; nothing declares it
--> src/other.rs
 = note: accepted by A U Thor <author@example.com>: the tidying was *agreed*

Planned against done
  files         3 declared, 4 touched: 2 planned, 2 undeclared, 1 untouched
  units         3: 2 done, 1 missing
  commits       2: 1 paired, 1 unplanned

Units
  done       U1  Check the password at login  00000000
  done       U2  Limit the tries | per `user`  00000000
  missing    U3  Describe the login  no commit

"#]].raw());
}

#[test]
fn reasons_are_for_those_who_ask() {
    let text = rendered("text", true);
    assert!(text.contains("touches src/login.rs"), "{text}");
    assert!(!rendered("text", false).contains("touches src/login.rs"));
}
