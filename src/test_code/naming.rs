//! Which files hold tests, by the conventions of their languages.

use crate::model::RepoPath;
use bstr::ByteSlice;

/// Endings of source code, in which tests can stand.
const CODE: &[&str] = &[
    "bats", "c", "cc", "clj", "cpp", "cs", "cts", "cxx", "dart", "ex", "exs", "fs", "go", "groovy", "hs", "java", "jl",
    "js", "jsx", "kt", "kts", "lua", "mjs", "mts", "cjs", "php", "pl", "ps1", "py", "r", "rb", "robot", "rs", "scala",
    "sh", "sql", "svelte", "swift", "t", "ts", "tsx", "vb", "vue", "zig",
];
/// Folders that hold tests and what they need.
const FOLDERS: &[&str] = &["__tests__", "e2e", "spec", "specs", "test", "tests"];
/// Names in a test folder that are no tests themselves.
const HELPERS: &[&str] = &[
    "__init__", "conftest", "fixtures", "helper", "helpers", "setup", "utils",
];
/// What a name ends with, in front of its ending, where it is a test by itself.
const SUFFIXES: &[&str] = &[
    ".test",
    ".spec",
    ".e2e",
    ".cy",
    "_test",
    "_tests",
    "_spec",
    "-test",
    "-spec",
    "_unittest",
    "Test",
    "Tests",
    "Spec",
    "IT",
];

/// Whether the path is that of a test file, as languages and their runners name them: `login.test.ts`, `test_login.py`,
/// `login_test.go`, `LoginTest.java`, or code in a folder `tests`.
pub fn is_test_file(path: &RepoPath) -> bool {
    let Some((stem, ending)) = path.file_name().rsplit_once_str(".").and_then(text_of) else {
        return false;
    };
    if !CODE.contains(&ending) || HELPERS.contains(&stem) {
        return false;
    }
    is_named_as_test(stem, ending) || is_in_test_folder(path, ending)
}

fn text_of<'a>((stem, ending): (&'a [u8], &'a [u8])) -> Option<(&'a str, &'a str)> {
    Some((stem.to_str().ok()?, ending.to_str().ok()?))
}

fn is_named_as_test(stem: &str, ending: &str) -> bool {
    let by_suffix = SUFFIXES
        .iter()
        .any(|suffix| stem.len() > suffix.len() && stem.ends_with(suffix));
    let by_prefix = stem.starts_with("test_") || stem.starts_with("test-");
    let whole = matches!(stem, "test" | "tests" | "spec");
    let java_like = matches!(ending, "java" | "kt" | "cs" | "scala" | "groovy");
    let by_java = java_like
        && stem
            .strip_prefix("Test")
            .is_some_and(|rest| rest.starts_with(char::is_uppercase));
    by_suffix || by_prefix || whole || by_java
}

/// A folder of tests counts for all code below it, but for Python and Go, whose runners go by the file's name.
fn is_in_test_folder(path: &RepoPath, ending: &str) -> bool {
    let by_name_only = matches!(ending, "py" | "go");
    let mut folders = path.folder().split(|byte| *byte == b'/');
    !by_name_only && folders.any(|folder| FOLDERS.iter().any(|name| name.as_bytes() == folder))
}

#[cfg(test)]
mod tests {
    use super::is_test_file;

    #[test]
    fn each_language_names_its_tests_in_its_own_way() {
        for path in [
            "src/login.test.ts",
            "src/login.spec.tsx",
            "web/__tests__/login.js",
            "e2e/login.mjs",
            "tests/it/login.rs",
            "src/login_test.rs",
            "src/login/tests.rs",
            "app/test_login.py",
            "app/login_test.py",
            "login_test.go",
            "src/test/java/a/LoginTest.java",
            "src/test/java/a/TestLogin.java",
            "spec/login_spec.rb",
            "t/tests/a.bats",
        ] {
            assert!(is_test_file(&path.into()), "{path}");
        }
        for path in [
            "src/login.ts",
            "src/latest.ts",
            "tests/conftest.py",
            "tests/data.py",
            "tests/fixtures/a.json",
            "contest.py",
            "tests/README.md",
            "src/Test.md",
            "login.go",
            "src/main/java/a/Login.java",
            "",
            "test/helpers.ts",
        ] {
            assert!(!is_test_file(&path.into()), "{path}");
        }
    }
}
