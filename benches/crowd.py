#!/usr/bin/env python3
"""Lets many processes report into one repository while they are killed, and looks whether anything acknowledged is lost.

usage: benches/crowd.py [--drift PATH] [--writers 32] [--seconds 30] [--kills-per-second 8]
       benches/crowd.py [--drift PATH] [--writers 16] --commits 20

Each writer has a run on a branch of its own. It commits, calls `drift report`, and remembers the commit once drift has
ended with 0 or 1. Meanwhile drift processes are ended with SIGKILL. In the end, for each remembered commit:

  its note in refs/notes/drift has a line of the run, and the run's record keeps a target that has the commit

and besides: `git fsck --strict` has nothing to say, and each run can be reported at once, so that no lock of a killed
process is in the way. It ends with 1 if anything is missing.

With --commits nobody is killed: each writer has a linked worktree of its own, with drift's hooks, and lets `git commit`
make so many commits there. Each of them must have a note of one whole line that says it was compared with the plan.
"""
import argparse, json, os, random, signal, subprocess, sys, tempfile, threading, time

FIXED = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A U Thor",
         "GIT_AUTHOR_EMAIL": "author@example.com", "GIT_COMMITTER_NAME": "C O Mitter",
         "GIT_COMMITTER_EMAIL": "committer@example.com", "TZ": "UTC", "LC_ALL": "C"}


class Crowd:
    def __init__(self, drift, folder):
        self.drift, self.folder = drift, folder
        self.environment = {**os.environ, **FIXED}
        self.alive, self.lock = {}, threading.Lock()
        self.acknowledged, self.reports, self.killed, self.errors = [], 0, 0, []

    def git(self, *arguments, given=None):
        done = subprocess.run(["git", "-C", self.folder, *arguments], env=self.environment, input=given,
                              capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def run(self, *arguments):
        child = subprocess.Popen([self.drift, "-C", self.folder, *arguments], env=self.environment,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with self.lock:
            self.alive[child.pid] = child
        out, err = child.communicate()
        with self.lock:
            del self.alive[child.pid]
        return child.returncode, out, err

    def begin(self, number):
        """A started run on the branch w<number>; its handle."""
        self.git("switch", "--quiet", "--create", f"w{number}", "main")
        plan = os.path.join(self.folder, "..", "commit_plan.json")
        with open(plan, "w") as file:
            json.dump({"schema": "drift/commit_plan/1",
                       "units": [{"id": "U1", "title": f"Write the files of {number}", "files": [f"w{number}/"]}]}, file)
        code, handle, err = self.run("new", f"writer-{number}", "--from", plan)
        for verb in (["approve", "--yes"], ["start"]):
            code, _, err = self.run(*verb, "--run", handle.strip())
            if code:
                sys.exit(f"drift {verb[0]}: {err}")
        return handle.strip()

    def commit(self, number, turn):
        blob = self.git("hash-object", "-w", "--stdin", given=f"{turn}\n")
        below = self.git("mktree", given=f"100644 blob {blob}\tf{turn}\n")
        tree = self.git("mktree", given=f"040000 tree {below}\tw{number}\n")
        branch = f"refs/heads/w{number}"
        commit = self.git("commit-tree", tree, "-p", branch, "-m", f"feat: w{number} {turn}")
        self.git("update-ref", branch, commit)
        return commit

    def write(self, number, handle, until):
        turn = 0
        while time.monotonic() < until:
            turn += 1
            commit = self.commit(number, turn)
            code, _, err = self.run("report", "--run", handle, "--quiet")
            with self.lock:
                self.reports += 1
                if code in (0, 1) and "warning" not in err:
                    self.acknowledged.append((handle, commit))
                elif code != -signal.SIGKILL:
                    self.errors.append((code, err.strip()))

    def kill(self, per_second, until):
        while time.monotonic() < until:
            time.sleep(random.expovariate(per_second))
            with self.lock:
                if self.alive:
                    random.choice(list(self.alive.values())).kill()
                    self.killed += 1

    def work(self, number, handle, commits):
        """Commits in a linked worktree, one after the other; how long each took, in milliseconds."""
        place = os.path.join(self.folder, "..", f"w{number}")
        took = []
        for turn in range(commits):
            os.makedirs(os.path.join(place, f"w{number}"), exist_ok=True)
            with open(os.path.join(place, f"w{number}", f"f{turn}"), "w") as file:
                file.write(f"{turn}\n")
            subprocess.run(["git", "-C", place, "add", "--all", f"w{number}"], env=self.environment, check=True)
            began = time.monotonic()
            done = subprocess.run(["git", "-C", place, "commit", "--quiet", "-m", f"feat: w{number} {turn}"],
                                  env=self.environment, capture_output=True, text=True)
            took.append((time.monotonic() - began) * 1e3)
            with self.lock:
                if done.returncode or done.stderr:
                    self.errors.append((done.returncode, done.stderr.strip()))
                head = subprocess.run(["git", "-C", place, "rev-parse", "HEAD"], env=self.environment, check=True,
                                      capture_output=True, text=True).stdout.strip()
                self.acknowledged.append((handle, head))
        return took

    def unnoted(self):
        """Commits without a note of one whole line that says they were compared."""
        notes = dict(reversed(line.split()) for line in self.git("notes", "--ref=drift", "list").splitlines())
        missing = []
        for handle, commit in self.acknowledged:
            note = self.git("cat-file", "blob", notes[commit]) if commit in notes else "{}"
            lines = [json.loads(line) for line in note.splitlines()]
            if len(lines) != 1 or (lines[0].get("run"), lines[0].get("witness")) != (handle, "checked"):
                missing.append(commit)
        return missing

    def lost(self):
        """What was acknowledged and is not there."""
        notes = dict(reversed(line.split()) for line in self.git("notes", "--ref=drift", "list").splitlines())
        missing = []
        for handle, commit in self.acknowledged:
            note = self.git("cat-file", "blob", notes[commit]) if commit in notes else ""
            runs = [json.loads(line)["run"] for line in note.splitlines()]
            target = json.loads(self.git("show", f"refs/drift/runs/{handle}:run.json"))["target"]
            kept = subprocess.run(["git", "-C", self.folder, "merge-base", "--is-ancestor", commit, target],
                                  env=self.environment).returncode == 0
            if runs != [handle] or not kept:
                missing.append(commit)
        return missing


def commit_at_once(crowd, handles, commits):
    subprocess.run([crowd.drift, "-C", crowd.folder, "hooks", "install"], env=crowd.environment, check=True, capture_output=True)
    for number in range(len(handles)):
        crowd.git("worktree", "add", "--quiet", os.path.join("..", f"w{number}"), f"w{number}")
    began, took = time.monotonic(), []
    threads = [threading.Thread(target=lambda *told: took.extend(crowd.work(*told)), args=(number, handle, commits))
               for number, handle in enumerate(handles)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    missing, fsck = crowd.unnoted(), crowd.git("fsck", "--strict", "--no-dangling")
    took.sort()
    print(f"{len(handles)} worktrees, {commits} commits each in {seconds:.1f} s: {len(crowd.acknowledged)} commits, "
          f"{len(missing)} without their note, {len(crowd.errors)} errors; "
          f"a commit took {took[len(took) // 2]:.0f} ms, at most {took[-1]:.0f} ms")
    for error in crowd.errors[:5]:
        print(error)
    if fsck:
        print(fsck)
    sys.exit(1 if missing or crowd.errors or fsck else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drift", default=os.path.join(os.path.dirname(__file__), "..", "target", "release", "drift"))
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--kills-per-second", type=float, default=8)
    parser.add_argument("--commits", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = os.path.join(folder, "work")
        os.mkdir(work)
        crowd = Crowd(os.path.abspath(options.drift), work)
        crowd.git("init", "--quiet", "--initial-branch=main")
        crowd.git("config", "gc.auto", "0")
        crowd.git("commit", "--quiet", "--allow-empty", "--message", "begin")
        handles = [crowd.begin(number) for number in range(options.writers)]
        crowd.git("switch", "--quiet", "main")
        if options.commits:
            commit_at_once(crowd, handles, options.commits)
        until = time.monotonic() + options.seconds
        threads = [threading.Thread(target=crowd.write, args=(number, handle, until))
                   for number, handle in enumerate(handles)]
        threads.append(threading.Thread(target=crowd.kill, args=(options.kills_per_second, until)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        began = time.monotonic()
        for number, handle in enumerate(handles):
            code, _, err = crowd.run("report", "--run", handle, "--quiet")
            if code not in (0, 1):
                crowd.errors.append((code, err.strip()))
        after = (time.monotonic() - began) / len(handles)
        missing, fsck = crowd.lost(), crowd.git("fsck", "--strict", "--no-dangling")
        print(f"{options.writers} writers, {options.seconds:.0f} s: {crowd.reports} reports, {crowd.killed} killed, "
              f"{len(crowd.acknowledged)} acknowledged, {len(missing)} lost, {len(crowd.errors)} errors; "
              f"{crowd.git('rev-list', '--count', 'refs/notes/drift')} commits of notes; "
              f"a report afterwards takes {after * 1e3:.0f} ms")
        for error in crowd.errors[:5]:
            print(error)
        if fsck:
            print(fsck)
        sys.exit(1 if missing or crowd.errors or fsck else 0)


main()
