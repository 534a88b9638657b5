#!/usr/bin/env python3
"""Times `drift evidence read` on large result files that it generates.

usage: benches/results.py [--drift PATH] [--megabytes N] [--rounds N]

`plain` is cases without output, a tenth of them failed; `output` has about 1 KB of captured output a case; the others are one
oversized piece each. CPU is user and system time; memory is the largest resident set.
"""
import argparse, json, os, subprocess, sys, tempfile, time


def junit(path, size, output):
    with open(path, "w") as file:
        file.write("<?xml version='1.0' encoding='utf-8'?>\n<testsuites>\n")
        written = count = 0
        while written < size:
            lines = [f'<testsuite name="tests.test_module_{count // 50}" tests="50" timestamp="2024-01-01T00:00:00">\n']
            for _ in range(50):
                count += 1
                head = (f'<testcase classname="tests.test_module_{count // 50}.TestSomething" '
                        f'name="test_number_{count}[parameter-{count % 7}]" time="0.{count % 1000:03}"')
                failure = '<failure message="assert 1 == 2">Traceback &lt;most&gt; recent call last</failure>' if count % 10 == 0 else ""
                text = "<system-out>" + "some output of the test &amp; more\n" * 30 + "</system-out>" if output else ""
                lines.append(f"{head}>{failure}{text}</testcase>\n" if failure or text else f"{head}/>\n")
            lines.append("</testsuite>\n")
            written += file.write("".join(lines))
        file.write("</testsuites>\n")


def one(path, size, before, after):
    with open(path, "w") as file:
        file.write(before)
        for _ in range(size // 1000):
            file.write("some text; " * 90 + "\n" * 10)
        file.write(after)


def go(path, size):
    with open(path, "w") as file:
        written = count = 0
        while written < size:
            count += 1
            event = {"Time": "2024-01-01T00:00:00Z", "Package": f"example.com/p{count // 100}", "Test": f"TestNumber{count}"}
            for action in ("run", "output", "pass"):
                written += file.write(json.dumps(event | {"Action": action, "Output": "=== RUN\n"}) + "\n")
            if count % 100 == 99 or written >= size:
                written += file.write(json.dumps({"Action": "pass", "Package": event["Package"]}) + "\n")


def run(argv):
    """One run. What it prints is read bit by bit: the system counts this process's memory as the child's."""
    began = time.perf_counter()
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = process.stdout.readline().strip()
    while process.stdout.read(1 << 16):
        pass
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drift", default=os.path.join(os.path.dirname(__file__), "..", "target", "release", "drift"))
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    size = options.megabytes * 1_000_000
    case = "<testsuite><testcase name='a'>"
    makers = {
        "plain.xml": lambda path: junit(path, size, False),
        "output.xml": lambda path: junit(path, size, True),
        "one-text.xml": lambda path: one(path, size, case + "<system-out>", "</system-out></testcase></testsuite>"),
        "one-cdata.xml": lambda path: one(path, size, case + "<system-out><![CDATA[", "]]></system-out></testcase></testsuite>"),
        "one-attribute.xml": lambda path: one(path, size, "<testsuite><testcase name='", "'/></testsuite>"),
        "go.json": lambda path: go(path, size),
        "one-line.txt": lambda path: one(path, size, "running 1 test\ntest a ... ",
                                         "ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n"),
    }
    print(f"{'':<20}{'wall s':>8}{'cpu s':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in makers.items():
            path = os.path.join(folder, name)
            make(path)
            samples = [run([os.path.abspath(options.drift), "evidence", "read", path]) for _ in range(options.rounds)]
            wall, cpu, memory = (min(s[0] for s in samples), min(s[1] for s in samples), max(s[2] for s in samples))
            print(f"{name:<20}{wall:>8.2f}{cpu:>8.2f}{memory:>7.0f}  {samples[0][3].removeprefix(folder + '/')}")
            os.unlink(path)


main()
