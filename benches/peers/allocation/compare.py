"""Times CP-SAT and HiGHS on the allocation instances of the conformance data, beside our allocator.

`README.md` says what is compared; `run` sets up what this needs and calls it. An instance becomes
one integer program and a chain of objectives; each peer loads the same program. Only calls that
solve are timed. The table goes to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import highspy
import numpy as np
from ortools.sat.python import cp_model

ITEM = 3
"""A missing item is worth so many credits in a distance."""

LIMIT = 10.0
"""Seconds for an instance, over its whole chain of solves."""

SEED = 0

OURS = "credstack"

Terms = list[tuple[int, int]]
"""A linear expression: variables, each with its factor."""

Record = dict[str, Any]
"""A line of the data, as its `FORMAT.md` describes it."""


class Row(NamedTuple):
    """A constraint: `low <= terms <= high`, where None is no bound."""

    low: int | None
    terms: Terms
    high: int | None


class Stage(NamedTuple):
    """An objective of the chain, no factor below zero; with the stages before it fixed, its optimum is the truth."""

    terms: Terms
    maximise: bool
    truth: int


@dataclass
class Program:
    """An integer program that no solver owns yet. Variables start at zero."""

    highs: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)

    def variable(self, high: int = 1) -> int:
        """A new integer variable between zero and `high`."""
        self.highs.append(high)
        return len(self.highs) - 1

    def settled(self, stage: Stage, values: list[int]) -> bool:
        """Whether no values could be better than these, by the bounds of the variables alone."""
        best = [high if stage.maximise else 0 for high in self.highs]
        return worth(stage.terms, values) == worth(stage.terms, best)


def worth(terms: Terms, values: list[int]) -> int:
    """The value of an expression."""
    return sum(factor * values[variable] for variable, factor in terms)


def program(record: Record) -> Program:
    """The program of an instance, as a practitioner would write it down; see `README.md`."""
    made = Program()
    credits: dict[str, int] = {item["id"]: item["credits"] for item in record["items"]}
    uses: dict[str, dict[str, Terms]] = {item: defaultdict(list) for item in credits}
    cost: Terms = []
    met: dict[str, int] = {}
    weight: Terms = []
    distance: dict[str, Terms] = defaultdict(list)
    weighted = "optimum" in record
    if not weighted:
        met = {group: made.variable() for group in record["groups"]}
    for requirement in record["requirements"]:
        group, eligible = requirement["group"], requirement["eligible"]
        counted = "count" in requirement["need"]
        need: int = requirement["need"]["count" if counted else "credits"]
        taken = {item: made.variable() for item in eligible}
        cost += [(taken[item], credits[item]) for item in eligible]
        for item in eligible:
            uses[item][group].append((taken[item], 1))
        amount = [(taken[item], 1 if counted else credits[item]) for item in eligible]
        if weighted:
            satisfied = made.variable()
            weight.append((satisfied, requirement["weight"]))
            made.rows.append(Row(0, [*amount, (satisfied, -need)], None))
        else:
            short = made.variable(need)
            distance[group].append((short, ITEM if counted else 1))
            made.rows.append(Row(need, [*amount, (short, 1)], None))
            made.rows.append(Row(None, [(short, 1), (met[group], need)], need))
        for cap in requirement["caps"]:
            inside = [(taken[item], credits[item]) for item in cap["items"] if item in taken]
            made.rows.append(Row(None, inside, cap["max_credits"]))
    limit_uses(made, record, credits, uses)
    if weighted:
        optimum = record["optimum"]
        made.stages = [Stage(weight, True, optimum["weight"]), Stage(cost, False, optimum["used_credits"])]
    else:
        answer = record["answer"]
        for group in record["groups"]:
            made.stages.append(Stage([(met[group], 1)], True, int(answer["complete"][group])))
        for group in record["groups"]:
            made.stages.append(Stage(distance[group], False, answer["distance"][group]))
    return made


def limit_uses(made: Program, record: Record, credits: dict[str, int], uses: dict[str, dict[str, Terms]]) -> None:
    """Adds what joins requirements: an item's uses in a group, its uses at all, and shared credits."""
    for groups in uses.values():
        made.rows += [Row(None, terms, 1) for terms in groups.values() if len(terms) > 1]
        if len(groups) > record["max_uses"]:
            made.rows.append(Row(None, [use for terms in groups.values() for use in terms], record["max_uses"]))
    if record["max_uses"] < 2:
        return
    limits = {frozenset((share["a"], share["b"])): share["max_credits"] for share in record["share"]}
    for a, b in combinations(record["groups"], 2):
        shared: Terms = []
        for item, groups in uses.items():
            if a in groups and b in groups:
                both = made.variable()
                made.rows.append(Row(None, [*groups[a], *groups[b], (both, -1)], 1))
                shared.append((both, credits[item]))
        if shared:
            made.rows.append(Row(None, shared, limits.get(frozenset((a, b)), 0)))


class Peer(Protocol):
    """A solver with a program loaded."""

    def aim(self, stage: Stage, values: list[int] | None) -> None:
        """Sets the objective, and offers the last solution as the first one."""

    def solve(self, seconds: float) -> bool:
        """Solves for at most that long: whether the optimum is proved. Nothing else is timed."""

    def values(self) -> list[int]:
        """The solution that was proved to be the best."""

    def fix(self, stage: Stage, value: int) -> None:
        """Keeps an objective at its optimum from now on."""


class CpSat:
    """OR-tools CP-SAT on one worker."""

    def __init__(self, made: Program, linearization_level: int | None = None) -> None:
        self.model = cp_model.CpModel()
        self.variables = [self.model.new_int_var(0, high, "") for high in made.highs]
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.random_seed = SEED
        if linearization_level is not None:
            self.solver.parameters.linearization_level = linearization_level
        for row in made.rows:
            low = cp_model.INT_MIN if row.low is None else row.low
            high = cp_model.INT_MAX if row.high is None else row.high
            self.model.add_linear_constraint(self.expression(row.terms), low, high)

    def expression(self, terms: Terms) -> cp_model.LinearExprT:
        """An expression in the variables of the model."""
        return cp_model.LinearExpr.weighted_sum([self.variables[v] for v, _ in terms], [f for _, f in terms])

    def aim(self, stage: Stage, values: list[int] | None) -> None:
        """See `Peer`."""
        expression = self.expression(stage.terms)
        (self.model.maximize if stage.maximise else self.model.minimize)(expression)
        if values is not None:
            self.model.clear_hints()  # type: ignore[no-untyped-call]
            for variable, value in zip(self.variables, values, strict=True):
                self.model.add_hint(variable, value)

    def solve(self, seconds: float) -> bool:
        """See `Peer`."""
        self.solver.parameters.max_time_in_seconds = seconds
        status = self.solver.solve(self.model)
        if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
            raise RuntimeError(f"CP-SAT says {self.solver.status_name(status)}")
        return bool(status == cp_model.OPTIMAL)

    def values(self) -> list[int]:
        """See `Peer`."""
        return [self.solver.value(variable) for variable in self.variables]

    def fix(self, stage: Stage, value: int) -> None:
        """See `Peer`."""
        self.model.add_linear_constraint(self.expression(stage.terms), value, value)


class Highs:
    """HiGHS on one thread, without a gap between bound and optimum."""

    def __init__(self, made: Program) -> None:
        self.count = len(made.highs)
        self.solver = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": 1, "random_seed": SEED, "mip_rel_gap": 0.0}
        for option, value in options.items():
            self.solver.setOptionValue(option, value)
        inf = highspy.kHighsInf
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.count, len(made.rows)
        lp.col_cost_ = lp.col_lower_ = np.zeros(self.count)
        lp.col_upper_ = np.array(made.highs, float)
        lp.row_lower_ = np.array([-inf if row.low is None else row.low for row in made.rows], float)
        lp.row_upper_ = np.array([inf if row.high is None else row.high for row in made.rows], float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(row.terms) for row in made.rows])
        lp.a_matrix_.index_ = np.array([v for row in made.rows for v, _ in row.terms])
        lp.a_matrix_.value_ = np.array([f for row in made.rows for _, f in row.terms], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.count
        self.solver.passModel(lp)

    def aim(self, stage: Stage, values: list[int] | None) -> None:
        """See `Peer`."""
        sense = highspy.ObjSense.kMaximize if stage.maximise else highspy.ObjSense.kMinimize
        self.solver.changeObjectiveSense(sense)
        costs = np.zeros(self.count)
        for variable, factor in stage.terms:
            costs[variable] = factor
        self.solver.changeColsCost(self.count, np.arange(self.count, dtype=np.int32), costs)
        if values is not None:
            solution = highspy.HighsSolution()
            solution.col_value = [float(value) for value in values]
            self.solver.setSolution(solution)

    def solve(self, seconds: float) -> bool:
        """See `Peer`."""
        self.solver.setOptionValue("time_limit", seconds)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit):
            raise RuntimeError(f"HiGHS says {self.solver.modelStatusToString(status)}")
        return bool(status == highspy.HighsModelStatus.kOptimal)

    def values(self) -> list[int]:
        """See `Peer`."""
        return [round(value) for value in self.solver.getSolution().col_value]

    def fix(self, stage: Stage, value: int) -> None:
        """See `Peer`."""
        variables = np.array([v for v, _ in stage.terms], dtype=np.int32)
        factors = np.array([f for _, f in stage.terms], float)
        self.solver.addRow(float(value), float(value), len(stage.terms), variables, factors)


PEERS: dict[str, Callable[[Program], Peer]] = {
    "CP-SAT": CpSat,
    "CP-SAT, linear": lambda made: CpSat(made, linearization_level=2),
    "HiGHS": Highs,
}


class Result(NamedTuple):
    """What became of an instance: right, wrong or undecided, and the microseconds it took."""

    verdict: str
    us: float


def chain(peer: Peer, made: Program) -> Result:
    """Solves stage after stage. The truth is only looked at to judge what the peer proved."""
    spent, values, verdict = 0.0, None, "right"
    for stage in made.stages:
        if values is None or not made.settled(stage, values):
            peer.aim(stage, values)
            begun = time.perf_counter()
            proved = peer.solve(LIMIT - spent)
            spent += time.perf_counter() - begun
            if not proved or spent >= LIMIT:
                return Result("undecided", LIMIT * 1e6)
            values = peer.values()
        value = worth(stage.terms, values)
        if value != stage.truth:
            verdict = "wrong"
        peer.fix(stage, value)
    return Result(verdict, spent * 1e6)


def ours(binary: Path, question: str) -> dict[str, Result]:
    """What our allocator did with each instance, by id."""
    command = [str(binary), question, "--each"]
    text = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    verdicts = {"Right": "right", "Wrong": "wrong", "Unproved": "undecided", "Undecided": "undecided"}
    return {line["id"]: Result(verdicts[line["verdict"]], line["us"]) for line in lines}


def percentile(results: list[Result], p: int) -> float:
    """The time that at least so many in a hundred do not exceed, by nearest rank."""
    return sorted(result.us for result in results)[max(-(-len(results) * p // 100), 1) - 1]


def multiple(peer: list[Result], own: list[Result]) -> str:
    """A peer's median as a multiple of ours; none where we leave half of them or more undecided."""
    if 2 * sum(result.verdict == "undecided" for result in own) >= len(own):
        return "-"
    median = percentile(peer, 50)
    return f"{'>' if median >= LIMIT * 1e6 else ''}{median / max(percentile(own, 50), 1):.1f}"


def table(found: dict[str, dict[str, list[Result]]]) -> None:
    """Prints what was found, by family and solver."""
    print(
        f"{'':<22}{'':<16}{'right':>7}{'wrong':>7}{'undecided':>11}"
        f"{'median us':>12}{'p95 us':>12}{'p99 us':>12}{'median / ours':>15}"
    )
    for family, solvers in found.items():
        label = family
        for solver, results in solvers.items():
            counts = Counter(result.verdict for result in results)
            median, p95, p99 = (percentile(results, p) for p in (50, 95, 99))
            ratio = "" if solver == OURS else multiple(results, solvers[OURS])
            print(
                f"{label:<22}{solver:<16}{counts['right']:>7}{counts['wrong']:>7}{counts['undecided']:>11}"
                f"{median:>12.0f}{p95:>12.0f}{p99:>12.0f}{ratio:>15}"
            )
            label = ""


def warm_up(made: Program) -> None:
    """Lets each peer start its threads untimed. HiGHS greets on standard output, which is for the table."""
    output = os.dup(1)
    os.dup2(2, 1)
    for load in PEERS.values():
        chain(load(made), made)
    os.dup2(output, 1)
    os.close(output)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="take every N-th instance")
    parser.add_argument("question", nargs="?", choices=["declared", "instances"], default="declared")
    arguments = parser.parse_args()
    if arguments.sample < 1:
        parser.error("--sample takes a number from 1 up")
    binary, data = Path(os.environ["CREDSTACK_ALLOCATION"]), Path(os.environ["CREDSTACK_DATA"])
    with gzip.open(data / "allocation" / f"{arguments.question}.jsonl.gz", "rt", encoding="utf-8") as lines:
        everything: list[Record] = [json.loads(line) for line in lines if line.strip()]
    records = everything[:: arguments.sample]

    print(f"{OURS}: all of {arguments.question}, by itself", file=sys.stderr)
    own = ours(binary, arguments.question)
    warm_up(program(records[0]))

    families = sorted({record["family"] for record in records})
    found: dict[str, dict[str, list[Result]]] = {
        family: {solver: [] for solver in (OURS, *PEERS)} for family in [*families, "all"]
    }
    for done, record in enumerate(records, 1):
        results, made = {OURS: own[record["id"]]}, program(record)
        for solver, load in PEERS.items():
            results[solver] = chain(load(made), made)
            if results[solver].verdict == "wrong":
                print(f"wrong: {solver} on {record['id']}", file=sys.stderr)
        for solver, result in results.items():
            found[record["family"]][solver].append(result)
            found["all"][solver].append(result)
        if done % 10 == 0 or done == len(records):
            print(f"{done} of {len(records)}, {record['id']}", file=sys.stderr)

    which = "every instance" if arguments.sample == 1 else f"one instance in {arguments.sample}, from the first"
    print(f"{arguments.question}: {len(records)} of {len(everything)}, {which}")
    print(f"ortools {version('ortools')}, highspy {version('highspy')}; Python {sys.version.split()[0]}")
    print(f"{os.cpu_count()} processors, one thread each; seed {SEED}; limit {LIMIT:.0f} s an instance\n")
    table(found)


if __name__ == "__main__":
    main()
