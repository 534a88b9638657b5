#!/usr/bin/env python3
"""Times drift against git on the same ranges of one repository, in turn, and prints ratios.

usage: benches/range.py REPOSITORY [--drift PATH] [--rounds N] [--sizes 1,100,1000,10000]

For each size it takes the range from the newest commit of HEAD's history back to the first-parent ancestor whose range
holds about that many commits, writes a plan of 20 units over what that range touches, and runs, interleaved:

  git log --raw -z --no-renames BASE..TARGET
  git diff --name-status BASE TARGET
  drift check --plan PLAN --base BASE --target TARGET            (pairing, rules and text report included)
  drift check … --format json                                    (line counts too)

CPU is user and system time, of children too; memory is the largest resident set. Ratios are of minima, drift to
`git log --raw`. The start is `drift --version` and an empty range, against `git rev-parse HEAD`.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time


def run(argv):
    """One run: wall and CPU seconds, and memory in MB."""
    sink = os.open(os.devnull, os.O_WRONLY)
    began = time.perf_counter()
    pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, sink, 1)])
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    os.close(sink)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        sys.exit(f"failed with {code}: {' '.join(argv)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(commands, rounds):
    """The commands in turn, after one warm-up; the minima, the median wall and the largest memory of each."""
    results = {name: [] for name, _ in commands}
    for turn in range(rounds + 1):
        for name, argv in commands:
            sample = run(argv)
            if turn:
                results[name].append(sample)
    row = lambda samples: (min(s[0] for s in samples), min(s[1] for s in samples), max(s[2] for s in samples),
                           statistics.median(s[0] for s in samples))
    return {name: row(samples) for name, samples in results.items()}


def git(repository, *arguments):
    return subprocess.run(["git", "-C", repository, *arguments], capture_output=True, text=True, check=True,
                          errors="surrogateescape").stdout


def base_of(repository, size):
    """The first-parent ancestor of HEAD whose range holds at least `size` commits, and that number."""
    line = git(repository, "rev-list", "--first-parent", "HEAD").split()
    low, high = 1, len(line) - 1
    count = lambda at: int(git(repository, "rev-list", "--count", f"{line[at]}..HEAD"))
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if count(middle) >= size else (middle + 1, high)
    return line[low], count(low)


def plan(repository, base, folder):
    """A plan of 20 units, each with a subject of the range and some of the files that the range touches."""
    paths = [p for p in git(repository, "diff", "--name-only", "-z", base, "HEAD").split("\0") if p]
    subjects = git(repository, "log", "--no-merges", "--format=%s", f"{base}..HEAD").splitlines()
    units = [{"id": f"U{n + 1}", "title": (subjects[n * len(subjects) // 20] or "work")[:70],
              "files": sorted(set(paths[n::20]))[:10]} for n in range(20)]
    name = os.path.join(folder, "commit_plan.json")
    with open(name, "w", errors="surrogateescape") as file:
        json.dump({"schema": "drift/commit_plan/1", "units": units}, file)
    return name


def show(title, rows, against):
    print(f"\n{title}\n{'':<34}{'wall ms':>9}{'cpu ms':>9}{'MB':>7}{'wall':>8}{'cpu':>7}{'memory':>8}")
    base = rows[against]
    for name, (wall, cpu, memory, _) in rows.items():
        print(f"{name:<34}{wall * 1e3:>9.1f}{cpu * 1e3:>9.1f}{memory:>7.0f}"
              f"{wall / base[0]:>7.2f}x{cpu / base[1]:>6.2f}x{memory / base[2]:>7.2f}x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository")
    parser.add_argument("--drift", default=os.path.join(os.path.dirname(__file__), "..", "target", "release", "drift"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", default="1,100,1000,10000")
    options = parser.parse_args()
    drift, repository = os.path.abspath(options.drift), options.repository
    with tempfile.TemporaryDirectory() as folder:
        tiny = plan(repository, "HEAD~1", folder)
        empty = [drift, "-C", repository, "check", "--plan", tiny, "--base", "HEAD", "--target", "HEAD"]
        rows = measure([("git rev-parse HEAD", ["git", "-C", repository, "rev-parse", "HEAD"]),
                        ("drift --version", [drift, "--version"]), ("drift check, empty range", empty)],
                       options.rounds * 5)
        show("start", rows, "git rev-parse HEAD")
        for size in (int(word) for word in options.sizes.split(",")):
            base, count = base_of(repository, size)
            check = [drift, "-C", repository, "check", "--plan", plan(repository, base, folder), "--base", base,
                     "--target", "HEAD"]
            log = ["git", "-C", repository, "log", "--raw", "-z", "--no-renames", f"{base}..HEAD"]
            diff = ["git", "-C", repository, "diff", "--name-status", base, "HEAD"]
            rows = measure([("git log --raw", log), ("git diff --name-status", diff), ("drift check", check),
                            ("drift check --format json", check + ["--format", "json"])], options.rounds)
            show(f"{count} commits", rows, "git log --raw")


main()
