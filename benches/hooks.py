#!/usr/bin/env python3
"""Times drift's hooks against git and sh on repositories of their own, in turn, and prints ratios.

usage: benches/hooks.py [--drift PATH] [--rounds N]

  the script alone       each hook's script that starts /bin/true, against `sh -c 'exec /bin/true'`
  no run                 `drift hook commit-msg FILE`, against `git rev-parse HEAD`; and `git commit` with all hooks, against
                         one without
  a run, 5,000 files     `drift hook commit-msg FILE` with 20 staged paths, against `git diff --cached --raw`; the message
                         as a person writes it, and with the trailer that prepare-commit-msg proposes; right after the
                         start, and behind 100 commits of the run
  a push of 100 commits  `drift hook pre-push`, against `git log --raw` of the same range
  after a commit         post-commit's and post-rewrite's scripts on a commit of a run without a note, with 1,000 notes there
                         already, against a script that starts /bin/true

A run and a push are measured twice: with loose objects, as they are while the work goes on, and packed, as `git gc` leaves them.
The commands take turns. CPU is user and system time, of children too. All figures are medians; `over` is that of the
differences in CPU time to the first line of the same turn.
"""
import argparse, json, os, shutil, statistics, subprocess, sys, tempfile, time

ZERO = "0" * 40
ENVIRONMENT = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, "GIT_CONFIG_GLOBAL": "/dev/null",
               "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A U Thor", "GIT_AUTHOR_EMAIL": "author@example.com",
               "GIT_COMMITTER_NAME": "A U Thor", "GIT_COMMITTER_EMAIL": "author@example.com"}
TEMPLATES = os.path.join(os.path.dirname(__file__), "..", "hooks")


def run(argv, folder, given):
    """One run in `folder` with the file `given` as standard input: wall and CPU seconds."""
    sink, source = os.open(os.devnull, os.O_WRONLY), os.open(given or os.devnull, os.O_RDONLY)
    actions = [(os.POSIX_SPAWN_DUP2, source, 0), (os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)]
    os.chdir(folder)
    began = time.perf_counter()
    pid = os.posix_spawnp(argv[0], argv, ENVIRONMENT, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    os.close(sink), os.close(source)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {' '.join(argv)}")
    return wall, used.ru_utime + used.ru_stime


def table(title, folder, commands, rounds):
    """The commands in turn, after three warm-ups; medians, as they are and to the first."""
    turns = []
    for turn in range(rounds + 3):
        samples = [run(argv, folder, given[0] if given else None) for _, argv, *given in commands]
        if turn >= 3:
            turns.append(samples)
    print(f"\n{title}\n{'':<44}{'wall ms':>9}{'cpu ms':>9}{'over':>9}{'cpu':>8}")
    middle = lambda values: statistics.median(values) * 1e3
    base = middle(samples[0][1] for samples in turns)
    for at, (name, *_) in enumerate(commands):
        wall, cpu = (middle(samples[at][kind] for samples in turns) for kind in (0, 1))
        over = middle(samples[at][1] - samples[0][1] for samples in turns)
        print(f"{name:<44}{wall:>9.2f}{cpu:>9.2f}{over:>+9.2f}{cpu / base:>7.2f}x")


def git(folder, *arguments):
    return subprocess.run(["git", "-C", folder, *arguments], capture_output=True, text=True, check=True,
                          env=ENVIRONMENT).stdout.strip()


def repository(place, files):
    os.makedirs(place)
    git(place, "init", "--quiet", "--initial-branch=main")
    for n in range(files):
        name = os.path.join(place, f"src/{n % 50}/{n % 7}/file{n}.py")
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "w") as file:
            file.write(f"value = {n}\n" * 20)
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "-m", "feat: begin")
    git(place, "switch", "--quiet", "--create", "work")
    return place


def start(drift, place):
    """A run of 20 units over some of the files, started on the branch."""
    units = [{"id": f"U{n + 1}", "title": f"Change the folder number {n}", "files": [f"src/{n}/**"]} for n in range(20)]
    plan = place + ".commit_plan.json"
    with open(plan, "w") as file:
        json.dump({"schema": "drift/commit_plan/1", "units": units}, file)
    for arguments in (["new", "bench", "--from", plan], ["approve", "--yes"], ["start"]):
        subprocess.run([drift, "-C", place, *arguments], check=True, capture_output=True, env=ENVIRONMENT)


def change(place, numbers, text):
    for n in numbers:
        with open(os.path.join(place, f"src/{n % 50}/{n % 7}/file{n}.py"), "a") as file:
            file.write(text)


def scripts(folder, rounds):
    rows = [("sh -c 'exec /bin/true'", ["sh", "-c", "exec /bin/true"])]
    for name in sorted(os.listdir(TEMPLATES)):
        script = os.path.join(folder, name)
        with open(os.path.join(TEMPLATES, name)) as template, open(script, "w") as file:
            file.write(template.read().replace("@DRIFT@", "'/bin/true'").replace("@KEPT@", "nothing"))
        os.chmod(script, 0o755)
        rows.append((name, [script, "x"]))
    table("the script alone", folder, rows, rounds * 10)


def without_run(drift, folder, rounds):
    place = repository(os.path.join(folder, "free"), 50)
    message = os.path.join(folder, "message")
    with open(message, "w") as file:
        file.write("feat: change a file\n")
    rows = [("git rev-parse HEAD", ["git", "rev-parse", "HEAD"]), ("drift --version", [drift, "--version"])]
    rows += [(f"drift hook {name}", [drift, "hook", name, message]) for name in ("commit-msg", "pre-push", "post-commit")]
    table("no run", place, rows, rounds * 10)
    hooked = repository(os.path.join(folder, "hooked"), 50)
    subprocess.run([drift, "-C", hooked, "hooks", "install"], check=True, capture_output=True, env=ENVIRONMENT)
    commit = lambda at: ["git", "-C", at, "commit", "--quiet", "--allow-empty", "-m", "x"]
    rows = [("git commit, no hooks", commit(place)), ("git commit, all hooks, no run", commit(hooked))]
    table("git commit", folder, rows, rounds * 2)


def work(place, count):
    for n in range(count):
        change(place, [n % 20, n % 20 + 50], f"more = {n}\n")
        git(place, "commit", "--quiet", "--all", "-m", f"feat: change the folder number {n % 20}")


def packed(place):
    """The same repository with all objects in one pack."""
    copy = place + "-packed"
    shutil.copytree(place, copy, symlinks=True)
    git(copy, "repack", "-a", "-d", "--quiet")
    git(copy, "update-index", "-q", "--refresh")
    return copy


def with_run(drift, folder, rounds):
    messages = {"no trailer": "feat: change a file\n", "a trailer": "feat: change a file\n\nDrift-Unit: U1\n"}
    for name, text in messages.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    for count in (0, 100):
        place = repository(os.path.join(folder, f"large{count}"), 5000)
        start(drift, place)
        work(place, count)
        change(place, range(0, 1000, 50), "more = 1\n")
        git(place, "add", "src")
        for kind, at in (("loose", place), ("packed", packed(place))):
            rows = [("git diff --cached --raw", ["git", "diff", "--cached", "--raw"])]
            rows += [(f"drift hook commit-msg, {name}", [drift, "hook", "commit-msg", os.path.join(folder, name)])
                     for name in messages]
            rows += [("drift hook prepare-commit-msg, of a merge",
                      [drift, "hook", "prepare-commit-msg", os.path.join(folder, "no trailer"), "merge"])]
            table(f"a run, 5,000 files, 20 staged paths, {count} commits before, {kind}", at, rows, rounds * 5)


def push(drift, folder, rounds):
    place = repository(os.path.join(folder, "pushed"), 5000)
    start(drift, place)
    base = git(place, "rev-parse", "HEAD")
    work(place, 100)
    head = git(place, "rev-parse", "HEAD")
    lines = os.path.join(folder, "lines")
    with open(lines, "w") as file:
        file.write(f"refs/heads/work {head} refs/heads/work {ZERO}\n")
    rows = [("git log --raw", ["git", "log", "--raw", "--no-renames", f"{base}..HEAD"]),
            ("drift hook pre-push", [drift, "hook", "pre-push", "origin", "url"], lines),
            ("drift check", [drift, "check", "--quiet"])]
    for kind, at in (("loose", place), ("packed", packed(place))):
        table(f"a push of 100 commits, {kind}", at, rows, rounds * 3)


def after(drift, folder, rounds):
    """Each sample is of a commit that has no note yet; making it is not counted."""
    place = repository(os.path.join(folder, "after"), 5000)
    start(drift, place)
    subprocess.run([drift, "-C", place, "hooks", "install"], check=True, capture_output=True, env=ENVIRONMENT)
    notes(place, 1000)
    nothing, lines = os.path.join(folder, "nothing"), os.path.join(folder, "rewritten")
    with open(nothing, "w") as file:
        file.write("#!/bin/sh\nexec /bin/true\n")
    os.chmod(nothing, 0o755)
    hook = lambda name: os.path.join(place, ".git", "hooks", name)
    commands = {"a script that starts /bin/true": [nothing], "post-commit, no branch with a run": [hook("post-commit")],
                "post-commit": [hook("post-commit")], "post-rewrite amend": [hook("post-rewrite"), "amend"]}
    results = {name: [] for name in commands}
    for turn in range(rounds * 5 + 1):
        old = next_commit(place, turn)
        for name, argv in commands.items():
            git(place, "symbolic-ref", "HEAD", "refs/heads/main" if "no branch" in name else "refs/heads/work")
            if name == "post-rewrite amend":
                new = git(place, "commit-tree", "HEAD^{tree}", "-p", "HEAD~1", "-m", f"amended {turn}")
                with open(lines, "w") as file:
                    file.write(f"{old} {new}\n")
            sample = run(argv, place, lines if name.startswith("post-rewrite") else None)
            if turn:
                results[name].append(sample)
    print(f"\nafter a commit of one file, 5,000 files, 1,000 notes\n{'':<44}{'wall ms':>9}{'cpu ms':>9}{'+wall':>9}{'+cpu':>9}")
    median = lambda column: sorted(column)[len(column) // 2]
    middle = {name: tuple(median(column) for column in zip(*samples)) for name, samples in results.items()}
    base = middle["a script that starts /bin/true"]
    for name, (wall, cpu) in middle.items():
        print(f"{name:<44}{wall * 1e3:>9.2f}{cpu * 1e3:>9.2f}{(wall - base[0]) * 1e3:>+9.2f}{(cpu - base[1]) * 1e3:>+9.2f}")


def next_commit(place, turn):
    """One more commit on the branch, made without a hook."""
    blob = subprocess.run(["git", "-C", place, "hash-object", "-w", "--stdin"], input=f"{turn}\n", capture_output=True,
                          text=True, check=True, env=ENVIRONMENT).stdout.strip()
    git(place, "update-index", "--cacheinfo", f"100644,{blob},src/0/0/file0.py")
    commit = git(place, "commit-tree", git(place, "write-tree"), "-p", "refs/heads/work", "-m", "feat: change folder 0")
    git(place, "update-ref", "refs/heads/work", commit)
    return commit


def notes(place, count):
    """Notes on commits that are not there, all in one commit of refs/notes/drift."""
    text = "blob\nmark :1\ndata 5\nnote\n\ncommit refs/notes/drift\ncommitter A <a@example.com> 0 +0000\ndata 0\n"
    ids = [f"{n * (0x9e3779b97f4a7c15f39cc0605cedc834 << 30) % 2**160:040x}" for n in range(1, count + 1)]
    text += "".join(f"M 100644 :1 {one[:2]}/{one[2:]}\n" for one in ids)
    subprocess.run(["git", "-C", place, "fast-import", "--quiet", "--force"], input=text, text=True, check=True, env=ENVIRONMENT)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drift", default=os.path.join(os.path.dirname(__file__), "..", "target", "release", "drift"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=["without_run", "with_run", "push", "after"], help="one part alone")
    options = parser.parse_args()
    drift = os.path.abspath(options.drift)
    global TEMPLATES
    TEMPLATES = os.path.abspath(TEMPLATES)
    with tempfile.TemporaryDirectory() as folder:
        if not options.only:
            scripts(folder, options.rounds)
        for part in (without_run, with_run, push, after):
            if options.only in (None, part.__name__):
                part(drift, folder, options.rounds)


main()
