#!/usr/bin/env python3
"""Reads every version of every plan in the history of repositories, and counts what was understood.

usage: benches/plans.py [--drift PATH] GIT_DIR...

A version is one content: the same text under two names or in two commits counts once. It is understood if drift knows its
format; clean if there is nothing to say of it either. A version that is not understood has to come with a reason; anything
but the exit codes 0 and 1 is a failure of drift's, and listed.
"""
import argparse, collections, concurrent.futures, json, re, subprocess

KINDS = (("PLAN.md", re.compile(rb"(^|/)([\w.]+-)*PLAN\.md$")), ("work package", re.compile(rb"(^|/)WP\d\d+[^/]*\.md$")),
         ("plan.json", re.compile(rb"(^|/)plan\.json$")), ("microplans.json", re.compile(rb"(^|/)microplans\.json$")),
         ("lanes.json", re.compile(rb"(^|/)lanes\.json$")), ("wps.yaml", re.compile(rb"(^|/)wps\.yaml$")),
         ("acceptance-matrix.json", re.compile(rb"(^|/)acceptance-matrix\.json$")))


def versions(git_dir):
    """(kind, `commit:path`) of each content once."""
    log = subprocess.run(["git", "--git-dir", git_dir, "-c", "core.quotepath=off", "log", "--all", "--no-renames", "-m", "--raw", "-z",
                          "--no-abbrev", "--format=%H", "--diff-filter=AM"], capture_output=True, check=True).stdout
    commit, seen, found, fields = b"", set(), [], iter(log.split(b"\0"))
    for field in fields:
        words = field.strip(b"\n").split(b"\n")
        if not words[-1].startswith(b":"):
            commit = words[-1] or commit
            continue
        commit = words[0] if len(words) > 1 else commit
        blob, path = words[-1].split(b" ")[3], next(fields)
        kind = next((name for name, pattern in KINDS if pattern.search(path)), None)
        if kind and blob not in seen:
            seen.add(blob)
            found.append((kind, f"{commit.decode()}:{path.decode(errors='surrogateescape')}"))
    return found


def read(drift, git_dir, plan):
    done = subprocess.run([drift, "-C", git_dir, "validate", "--format", "json", "--", plan], capture_output=True)
    if done.returncode not in (0, 1):
        return "failed", [done.stderr.decode(errors="replace").strip()]
    report = json.loads(done.stdout)
    problems = [problem["message"] for problem in report["plan"]["problems"]]
    if not report["plan"]["sources"][0]["format"]:
        return "refused", problems
    return ("understood" if problems else "clean"), problems


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drift", default="target/release/drift")
    parser.add_argument("--show", default="", help="list the versions that ended so: refused, understood, failed")
    parser.add_argument("git_dirs", nargs="+")
    options = parser.parse_args()
    counts, reasons = collections.Counter(), collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for git_dir in options.git_dirs:
            found = versions(git_dir)
            ended = pool.map(lambda it: read(options.drift, git_dir, it[1]), found)
            for (kind, plan), (outcome, problems) in zip(found, ended):
                counts[kind, outcome] += 1
                reasons.update((kind, re.sub(r"`[^`]*`|\"[^\"]*\"|\d+", "…", problem)) for problem in set(problems))
                if outcome in ("failed", options.show):
                    print(f"{outcome}: {git_dir} {plan}: {problems[:1]}")
    print(f"{'':<24}{'versions':>10}{'clean':>10}{'with problems':>15}{'refused':>10}{'failed':>10}")
    for kind in dict.fromkeys(kind for kind, _ in KINDS):
        clean, understood, refused, failed = (counts[kind, it] for it in ("clean", "understood", "refused", "failed"))
        print(f"{kind:<24}{clean + understood + refused + failed:>10}{clean:>10}{understood:>15}{refused:>10}{failed:>10}")
    print("\nproblems, in how many versions:")
    for (kind, reason), count in reasons.most_common(40):
        print(f"{count:>6}  {kind}: {reason}")


main()
