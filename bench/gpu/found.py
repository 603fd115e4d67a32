"""What the GPU check has found: written as JSON after every part, and printed for people at the end."""
import json
import statistics
import sys
import time


class Failed(Exception):
    """A part failed; its text is one line."""


class Report:
    """What was found so far; written after every part."""

    def __init__(self, output):
        self.output = output
        self.found = {"parts": {}}

    def put(self, part, work):
        """Runs a part and notes what it found, or why it failed; returns whether it did not fail."""
        started = time.monotonic()
        try:
            found = work()
        except Failed as failure:
            found = {"error": str(failure)}
        found["wall_s"] = round(time.monotonic() - started, 1)
        self.found["parts"][part] = found
        self.write()
        print(f"{part}: {json.dumps(found)}", file=sys.stderr, flush=True)
        return "error" not in found

    def write(self):
        """Writes everything."""
        self.output.write_text(json.dumps(self.found, indent=2) + "\n", encoding="utf-8")


def ratios(report, plan):
    """Returns, by case, the medians of both sides and their ratio with its range over the rounds."""
    parts = report.found["parts"]
    table = {}
    for student, bits in plan["steps"]:
        case = f"{student}/{bits}"
        row = {}
        ours = [parts.get(f"step {case} #{n}", {}).get("median_ms") for n in range(plan["rounds"])]
        if any(ours):
            row["jvm_ms"] = statistics.median(each for each in ours if each)
        for kernels in ("exact", "default"):
            theirs = [parts.get(f"rival {kernels} #{n}", {}).get(case) for n in range(plan["rounds"])]
            both = [(a, b) for a, b in zip(ours, theirs) if a and isinstance(b, float)]
            if both:
                each = [a / b for a, b in both]
                row[f"eager_{kernels}_ms"] = statistics.median(b for _, b in both)
                row[f"over_{kernels}"] = {"median": statistics.median(each), "min": min(each), "max": max(each)}
        table[case] = row
    return table


def number(value, digits=2):
    """Returns a number as the table has it."""
    return "–" if value is None else f"{value:.{digits}f}"


def print_table(report):
    """Prints what was found for people."""
    found, parts = report.found, report.found["parts"]
    print(f"PyTorch {found['torch']['version'] if found['torch'] else 'none in Python'}, "
          f"GPU {found['torch']['gpu'] if found['torch'] else None}, JVM on {found.get('bridge')} ({found.get('device')})")
    print()
    print("| part | found |")
    print("|---|---|")
    for name, part in parts.items():
        if name.startswith(("step ", "rival ")) and "error" not in part:
            continue
        print(f"| {name} | {', '.join(f'{key} {value}' for key, value in part.items())} |")
    print()
    print("| training step | JVM, ms | eager as exact, ms | JVM / eager (range) | eager by default, ms | JVM / eager |")
    print("|---|---|---|---|---|---|")
    for case, row in found.get("steps", {}).items():
        exact, default = row.get("over_exact"), row.get("over_default")
        spread = f" ({number(exact['min'])}–{number(exact['max'])})" if exact else ""
        print(f"| {case} | {number(row.get('jvm_ms'))} | {number(row.get('eager_exact_ms'))} "
              f"| {number(exact and exact['median'])}{spread} | {number(row.get('eager_default_ms'))} "
              f"| {number(default and default['median'])} |")
    passed_over = [name for name in parts if name.startswith("engine (") and "bridge" in found]
    failed = [name for name, part in parts.items() if "error" in part and name not in passed_over]
    print()
    passed = sum("error" not in part for part in parts.values())
    print(f"{passed} parts passed, {len(failed)} failed")
    for name in failed:
        print(f"  {name}: {parts[name]['error']}")
    return not failed
