//! What kind of work it was, told by the touched files: deps, docs, tests, ci or code.

use super::run_report::File;

/// What kind of work touched these files: one word if all of them tell the same, else `code`.
pub(super) fn domain(files: &[File]) -> &'static str {
    let mut touched = files
        .iter()
        .filter(|file| file.change.is_some() && file.class != "bookkeeping");
    let Some(first) = touched.next().map(|file| kind(&file.path)) else {
        return "code";
    };
    if touched.all(|file| kind(&file.path) == first) {
        first
    } else {
        "code"
    }
}

fn kind(path: &str) -> &'static str {
    match path {
        path if is_dependency(path) => "deps",
        path if is_pipeline(path) => "ci",
        path if is_test(path) => "tests",
        path if is_document(path) => "docs",
        _ => "code",
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_dependency(path: &str) -> bool {
    let manifests = [
        "Cargo.toml",
        "Cargo.lock",
        "package.json",
        "package-lock.json",
        "yarn.lock",
        "pnpm-lock.yaml",
        "go.mod",
        "go.sum",
        "requirements.txt",
        "pyproject.toml",
        "poetry.lock",
        "uv.lock",
        "Gemfile",
        "Gemfile.lock",
        "pom.xml",
        "composer.json",
        "composer.lock",
    ];
    manifests.contains(&file_name(path))
}

fn is_document(path: &str) -> bool {
    path.starts_with("docs/")
        || [".md", ".rst", ".adoc", ".txt"]
            .iter()
            .any(|ending| path.ends_with(ending))
}

fn is_test(path: &str) -> bool {
    let folders = ["test", "tests", "spec", "__tests__"];
    let name = file_name(path);
    path.split('/').any(|part| folders.contains(&part))
        || [".test.", ".spec.", "_test."].iter().any(|it| name.contains(it))
}

fn is_pipeline(path: &str) -> bool {
    [".github/", ".gitlab-ci.yml", ".circleci/", ".ci/"]
        .iter()
        .any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{File, domain};

    #[test]
    fn the_domain_is_told_only_if_all_files_agree() {
        let of = |paths: &[&str]| {
            let file = |path: &&str| File {
                path: path.to_string(),
                change: Some("modified".into()),
                ..File::default()
            };
            domain(&paths.iter().map(file).collect::<Vec<_>>())
        };
        assert_eq!(of(&["Cargo.toml", "x/Cargo.lock"]), "deps");
        assert_eq!(of(&["docs/a.png", "README.md"]), "docs");
        assert_eq!(of(&["tests/a.rs", "README.md"]), "code");
        assert_eq!(of(&[]), "code");
    }
}
