//! The classes of files where config.yaml says nothing; its own lists come after these, so that they can add to them,
//! and take out of them with `!`.

/// Files that follow from others: what a package manager locks, a test runner records, or a generator writes.
pub const DERIVED: &[&str] = &[
    // Locks.
    "**/Cargo.lock",
    "**/package-lock.json",
    "**/npm-shrinkwrap.json",
    "**/yarn.lock",
    "**/pnpm-lock.yaml",
    "**/bun.lock",
    "**/bun.lockb",
    "**/deno.lock",
    "**/go.sum",
    "**/go.work.sum",
    "**/poetry.lock",
    "**/uv.lock",
    "**/pdm.lock",
    "**/Pipfile.lock",
    "**/pixi.lock",
    "**/Gemfile.lock",
    "**/composer.lock",
    "**/flake.lock",
    "**/mix.lock",
    "**/rebar.lock",
    "**/pubspec.lock",
    "**/Podfile.lock",
    "**/Package.resolved",
    "**/packages.lock.json",
    "**/gradle.lockfile",
    "**/.terraform.lock.hcl",
    "**/Chart.lock",
    "**/MODULE.bazel.lock",
    // Snapshots.
    "**/__snapshots__/**",
    "**/*.snap",
    // Generated.
    "**/generated/**",
    "**/__generated__/**",
    "**/*.min.js",
    "**/*.min.css",
    "**/*.js.map",
    "**/*.css.map",
    "**/*.pb.go",
    "**/*_pb2.py",
    "**/*_pb2.pyi",
    "**/*_pb2_grpc.py",
    "**/*.pb.h",
    "**/*.pb.cc",
    "**/*.g.dart",
    "**/*.freezed.dart",
    "**/*.g.cs",
    "**/*.designer.cs",
    "**/*.generated.*",
];

/// drift's own files. Plan formats bring those of their planning system along.
pub const BOOKKEEPING: &[&str] = &[".drift/**"];

/// Files that can do harm: they hold secrets, or run on machines that hold them.
pub const SENSITIVE: &[&str] = &[
    // Secrets.
    "**/.env",
    "**/.env.*",
    "!**/.env.example",
    "!**/.env.sample",
    "!**/.env.template",
    "!**/.env.dist",
    "!**/.env.*.example",
    "!**/.env.*.sample",
    "!**/.env.*.template",
    "!**/.env.*.dist",
    "**/.envrc",
    "**/*.pem",
    "**/*.key",
    "**/*.p12",
    "**/*.pfx",
    "**/*.jks",
    "**/*.keystore",
    "**/id_rsa*",
    "**/id_dsa*",
    "**/id_ecdsa*",
    "**/id_ed25519*",
    "**/.netrc",
    "**/.npmrc",
    "**/.pypirc",
    "**/.git-credentials",
    "**/.htpasswd",
    // What runs in CI, or at every commit.
    ".github/workflows/**",
    ".github/actions/**",
    ".gitlab-ci.yml",
    ".circleci/**",
    ".travis.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    ".woodpecker/**",
    ".woodpecker.yml",
    "**/Jenkinsfile",
    ".husky/**",
    ".pre-commit-config.yaml",
    "lefthook.yml",
];

/// Files that no run may touch: none, until the repository says so.
pub const FORBIDDEN: &[&str] = &[];

#[cfg(test)]
mod tests {
    use super::{BOOKKEEPING, DERIVED, FORBIDDEN, SENSITIVE};
    use crate::config::Config;
    use crate::model::PathPattern;

    #[test]
    fn every_default_is_a_pattern() {
        for text in [DERIVED, BOOKKEEPING, SENSITIVE, FORBIDDEN].concat() {
            assert!(PathPattern::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn defaults_name_what_they_should_and_no_more() {
        let policy = Config::default().policy;
        for path in [
            "Cargo.lock",
            "web/yarn.lock",
            "a/__snapshots__/b.ts.snap",
            "api/v1.pb.go",
            "generated/x",
        ] {
            assert!(policy.derived.contains(path.as_bytes()), "{path}");
        }
        for path in [
            ".env",
            "app/.env.local",
            "certs/a.pem",
            "id_rsa",
            ".github/workflows/ci.yml",
        ] {
            assert!(policy.sensitive.contains(path.as_bytes()), "{path}");
        }
        for path in [
            ".env.example",
            "web/.env.local.example",
            "environment.ts",
            "src/key.rs",
            ".github/CODEOWNERS",
        ] {
            assert!(!policy.sensitive.contains(path.as_bytes()), "{path}");
        }
        assert!(policy.bookkeeping.contains(b".drift/runs/x/intent.json"));
        assert!(policy.forbidden.is_empty());
    }
}
