#!/usr/bin/env python3
"""What a reader can work out of published tables, by another road: whole-number programming (HiGHS, through scipy).

Reads JSON from standard input: a list of tables, each with `cells` (rows of [least, most]), `rows`, `columns` and `whole` (the same for the
totals) and `bounds`, the bounds that the program found for each, in the order cells row by row with their total, then the foot. Prints what
differs, and ends with 1 if anything does."""

import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def sums(table):
    """Each number as a sum of cells, with its own interval, in the order of `bounds`."""
    cells, columns = table["cells"], len(table["columns"])
    at = lambda row, column: row * columns + column
    for row, line in enumerate(cells):
        for column, interval in enumerate(line):
            yield [at(row, column)], interval
        yield [at(row, column) for column in range(columns)], table["rows"][row]
    for column in range(columns):
        yield [at(row, column) for row in range(len(cells))], table["columns"][column]
    yield list(range(len(cells) * columns)), table["whole"]


def bounds(table):
    n = len(table["cells"]) * len(table["columns"])
    rows, least, most, vectors = [], [], [], []
    for cells, interval in sums(table):
        vector = np.zeros(n)
        vector[cells] = 1
        vectors.append(vector)
        rows.append(vector)
        least.append(interval[0])
        most.append(interval[1])
    known = LinearConstraint(np.array(rows), least, most)
    for vector in vectors:
        ends = []
        for sign in (1, -1):
            solved = milp(sign * vector, constraints=known, bounds=Bounds(0, np.inf), integrality=np.ones(n))
            ends.append(None if solved.status else int(round(sign * solved.fun)))
        yield ends


different = 0
checked = 0
for number, table in enumerate(json.load(sys.stdin)):
    for ours, theirs in zip(table["bounds"], bounds(table), strict=True):
        checked += 1
        # An end that is open to one is open to the other.
        if ours != theirs:
            different += 1
            print(f"table {number}: {ours}, and by whole-number programming {theirs}")
print(f"{checked} numbers compared, {different} differ")
sys.exit(1 if different or not checked else 0)
