"""Prints the table of faults after the tests that are marked with their rows (`make faults`).

`-p tests.faults.report` adds it, and with it the option `--whole`: loops and waits at the length that the table names.
"""

from collections import defaultdict
from collections.abc import Iterator
from textwrap import wrap

import pytest
from typing_extensions import override

from tests.faults.table import DATABASES, FAULTS, databases_of

WIDTHS = (3, 30, 28, 32, 32, 5)
HEADINGS = ("#", "fault", "expected", "seen on SQLite", "seen on PostgreSQL", "")


class Seen:
    """What the tests of one row saw on one database, or beside any."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed: list[str] = []
        self.words: list[str] = []

    def add(self, report: pytest.TestReport) -> None:
        """Take in one test."""
        if report.passed and report.when == "call":
            self.passed += 1
        elif not report.passed:
            self.failed.append(f"{report.outcome}: {report.nodeid.rpartition('::')[2]}")
        if report.when == "call":
            self.words += [str(value) for name, value in report.user_properties if name == "seen"]

    @override
    def __str__(self) -> str:
        """Say it in a line."""
        words = list(dict.fromkeys(self.words))
        silent = self.passed - len(self.words)
        as_expected = [f"as expected ({silent} test{'s' * (silent > 1)})"] if silent > 0 else []
        return "; ".join([*self.failed, *words, *as_expected]) or "not seen"


class Table:
    """Gathers what is reported, from every worker, and prints it at the end."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, str], Seen] = defaultdict(Seen)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in a report of a marked test."""
        if report.when == "call" or not report.passed:
            for name, value in report.user_properties:
                if name == "fault":
                    number, database = str(value).split()
                    self.rows[int(number), database].add(report)

    def held(self, number: int) -> bool:
        """Whether a row was seen wherever it has to be, and nowhere otherwise than expected."""
        seen = {database: self.rows[number, database] for database in (*DATABASES, "either")}
        passed = all(seen[database].passed for database in databases_of(number))
        return passed and not any(each.failed for each in seen.values())

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a whole run in which a row was not seen, though no test failed."""
        if session.config.getoption("--whole") and not all(map(self.held, FAULTS)):
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        terminalreporter.section("faults")
        for line in _cells(HEADINGS):
            terminalreporter.write_line(line)
        for number, (fault, expected) in FAULTS.items():
            shown = [self._shown(number, database) for database in DATABASES]
            for line in _cells((str(number), fault, expected, *shown, "pass" if self.held(number) else "FAIL")):
                terminalreporter.write_line(line)
        terminalreporter.write_line(f"{sum(map(self.held, FAULTS))} of {len(FAULTS)}")

    def _shown(self, number: int, database: str) -> str:
        """Say what was seen of a row on a database, and what failed beside any."""
        if database not in databases_of(number):
            return "has no such fault"
        return "; ".join([*self.rows[number, "either"].failed, str(self.rows[number, database])])


def _cells(texts: tuple[str, ...]) -> Iterator[str]:
    """Set texts side by side, each within its width."""
    columns = [wrap(text, width) or [""] for text, width in zip(texts, WIDTHS, strict=True)]
    for index in range(max(map(len, columns))):
        parts = [column[index] if index < len(column) else "" for column in columns]
        yield "  ".join(part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--whole`."""
    parser.addoption("--whole", action="store_true", help="loops and waits at the length that the table names")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to gather; with several workers, where their reports come together."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(), "faults")
