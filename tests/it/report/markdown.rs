//! The report for a pull request's page.

use super::rendered;
use snapbox::{IntoData, assert_data_eq, str};

#[test]
fn names_stay_names_and_markup_stays_text() {
    assert_data_eq!(rendered("markdown", false).replace('\u{200b}', "(no-break)"), str![[r##"
# drift: aligned

Run `add-login-0a1b2c3d`. Range `main..HEAD`: 2 commits, 4 files.

## Warnings

- **D101 undeclared-file**: `src/new|name.rs` was added by 1 commit; nothing declares it
  - declare it in `plan.json` (`units[].files`) in a new run, or accept it: `drift accept D101-f86c802cd2b9 --because …`
- **D201 missing-unit**: unit `U3` ("Describe the login") has none of the range's 2 commits (`plan.json`)
  - do it, name it in its commit (`Drift-Unit: U3`), or take it out of the plan in a new run, or accept it: `drift accept D201-6bc99de8a368 --because …`
- **D202 unplanned-commit**: commit `0000000` ("chore: tidy &lt;b&gt;up&lt;/b&gt;") touches 2 files and stands for no unit (`0000000000`)
  - name its unit in a `Drift-Unit:` trailer, or plan a unit for it in a new run, or accept it: `drift accept D202-90cb8d66cd29 --because …`
- **D205 mixed-units**: commit `0000000` ("feat: check the password at login, limit the tries per user") does units `U2` and `U1` at once (`0000000000`)
  - split the commit, or plan these as one unit in a new run, or accept it: `drift accept D205-ecc42f304df2 --because …`

## Accepted

- **D101 undeclared-file**: `src/other.rs` was changed by 1 commit; nothing declares it
  - accepted by A U Thor &lt;author@(no-break)example.com&gt;: the tidying was \*agreed\*

## Units

| unit | status | title | commits |
|---|---|---|---|
| U1 | done | Check the password at login | `0000000000` |
| U2 | done | Limit the tries \| per \`user\` | `0000000000` |
| U3 | missing | Describe the login |  |

## Files

| class | files |
|---|---:|
| planned | 2 |
| undeclared | 2 |
| untouched | 1 |

"##]].raw());
}
