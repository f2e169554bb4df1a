"""`bot.py` as a process of its own, in a folder of its own, with nothing in its environment but what a test gives it.

    bot = BotProcess(folder, SLACK_BOT_TOKEN=…, DATABASE_URL=…)
    bot.command("load", "examples/isc-tf.yaml")        # any command that ends; returns what it printed
    bot.start()                                        # `bot.py run`; returns once /healthz is well
    bot.kill(); bot.died()                             # kill -9; waits for an end that somebody else brings
    bot.send_signal(SIGSTOP)                              # any other signal
    bot.start(); bot.stop()                            # SIGTERM, and its exit status

`log`, `errors()`, `figures()` and `is_quiet()` are what it wrote, what went wrong, what it measures, whether it rests.
"""

import json
import os
import re
import signal
import subprocess
import sys
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.slack_player import wait_for

ROOT = Path(__file__).resolve().parent.parent.parent
HEALTHZ = r"http://127\.0\.0\.1:\d+/healthz"
KEPT = re.compile(r"PATH|HOME|TMPDIR|LANG|COVERAGE_.*")
"""What a process needs of the environment; never a setting of the bot's."""
START, END = 120.0, 120.0


class BotProcess:
    """One `bot.py run` at a time; start it again after a kill. `program` is what Python runs in its place."""

    program: tuple[str | Path, ...] = (ROOT / "bot.py",)

    def __init__(self, folder: Path, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
        self.environ = kept | {"OPS_PORT": "0", "TICK_SECONDS": "1", "LOG_FORMAT": "json"} | settings
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._log_file = folder / "bot.log"
        self._began = 0

    def command(self, *arguments: str | Path) -> str:
        """Run a command that ends."""
        done = self.try_command(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def try_command(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run a command that ends, perhaps badly."""
        return subprocess.run(
            [sys.executable, ROOT / "bot.py", *arguments],
            cwd=self.folder, env=self.environ, capture_output=True, text=True, timeout=END, check=False,
        )  # fmt: skip

    def start(self) -> None:
        """Start `bot.py run`, and wait until it says that it is well."""
        self.launch()
        self.healthz = self.printed(HEALTHZ)
        wait_for(lambda: self.ended or self._is_well(), seconds=START)
        assert not self.ended, self.log

    def launch(self) -> None:
        """Start it without waiting for anything."""
        self._began = len(self.log)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self.program, "run"],
                cwd=self.folder, env=self.environ, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def kill(self) -> None:
        """Kill -9: no farewell, nothing put in order."""
        self.send_signal(signal.SIGKILL)
        self.died()

    def died(self) -> int:
        """Wait for its end, and return how it ended."""
        assert self._process is not None
        return self._process.wait(END)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def stop(self) -> int:
        """Ask it to end, and return its exit status; of one that has ended already the status it left."""
        self.send_signal(signal.SIGTERM)
        return self.died()

    @property
    def pid(self) -> int:
        """Its number among the machine's processes."""
        assert self._process is not None
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self._process is None or self._process.poll() is not None

    @property
    def log(self) -> str:
        """Everything that it printed and logged."""
        return self._log_file.read_text("utf-8") if self._log_file.exists() else ""

    def printed(self, pattern: str, *, seconds: float = START) -> str:
        """Wait for words of the present run that match, and return them."""
        found = wait_for(lambda: re.search(pattern, self.log[self._began :]) or self.ended, seconds=seconds)
        assert isinstance(found, re.Match), f"it ended without {pattern!r}:\n{self.log}"
        return found.group()

    def errors(self) -> list[dict[str, Any]]:
        """What it logged as an error; not its audits: a clock that was moved makes late what is on its way."""
        lines = [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("level") in {"error", "critical"} and line["event"] != "audit"]

    def figures(self) -> str:
        """What /metrics says."""
        with urlopen(self.healthz.replace("healthz", "metrics"), timeout=30) as answer:  # noqa: S310
            return str(answer.read(), "utf-8")

    def is_quiet(self) -> bool:
        """Whether nothing that is due waits, is on its way, or is in doubt."""
        figures = self.figures()
        none_of = [f'focal_notices{{state="{state}"}} 0.0' for state in ("sending", "checking", "unknown")]
        return all(each in figures for each in [*none_of, "focal_oldest_due_seconds 0.0"])

    def _is_well(self) -> bool:
        try:
            with urlopen(self.healthz, timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (URLError, OSError, HTTPException):
            return False
