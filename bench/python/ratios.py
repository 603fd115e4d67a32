#!/usr/bin/python3
"""Prints a Markdown table of one comparison: ratios.py PREFIX reads PREFIX-<round>-<jvm|python>.csv.

Each file has the columns case,median_ms,min_ms. A case is a row: each side's median over the rounds, and the ratio JVM over
Python of the rounds, median and range; below 1 the JVM is faster. Where the JVM measured one case only, every case of Python
is a rival of it.
"""
import csv
import glob
import re
import statistics
import sys


def read(path):
    """Returns a file's medians by case, in its order."""
    with open(path, newline="") as file:
        return {row["case"]: float(row["median_ms"]) for row in csv.DictReader(file)}


def partner(case, medians):
    """Returns the JVM's case that a case of the rival is compared with."""
    if case in medians:
        return case
    if len(medians) == 1:
        return next(iter(medians))
    raise SystemExit(f"Cannot compare {case}: the JVM measured {', '.join(medians)}")


def main():
    """Prints the table."""
    prefix = sys.argv[1]
    rounds = sorted({int(re.search(r"-(\d+)-jvm\.csv$", p).group(1)) for p in glob.glob(prefix + "-*-jvm.csv")})
    jvm = [read(f"{prefix}-{n}-jvm.csv") for n in rounds]
    python = [read(f"{prefix}-{n}-python.csv") for n in rounds]
    print(f"| case | JVM, ms | Python, ms | JVM / Python (range of {len(rounds)} rounds) |")
    print("|---|---|---|---|")
    for case in python[0]:
        ours = [medians[partner(case, medians)] for medians in jvm]
        theirs = [medians[case] for medians in python]
        ratios = [a / b for a, b in zip(ours, theirs)]
        print(f"| {case} | {statistics.median(ours):.2f} | {statistics.median(theirs):.2f} "
              f"| {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) |")
    print()


if __name__ == "__main__":
    main()
