"""The programs that are measured, each a process of its own, connected to a practice workspace."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psutil

from practice.limits import Limits
from practice.server import HOST, PracticeServer

HOUSE = Path(__file__).resolve().parent.parent
TASK_FORCE = HOUSE / "examples" / "isc-tf.yaml"
PATIENCE = 30
"""Seconds that a program may take to be there."""
TRANSPORTS = {"socket": "Socket Mode", "http": "HTTP"}


@dataclass(frozen=True)
class Program:
    """One that can be started: its arguments to Python."""

    name: str
    arguments: tuple[str, ...]


FOCAL = Program("Focal", ("bot.py", "run"))


def comparison(kind: str, transport: str) -> Program:
    """Return one of the apps to compare with."""
    names = {"bare": "bare handler", "default": "default Bolt app"}
    return Program(names[kind], ("-m", "bench.apps", kind, transport))


@dataclass(frozen=True)
class Running:
    """A program that is connected."""

    process: psutil.Popen
    connected_after: float
    """Seconds from the start of the process until it was connected."""
    address: str | None
    """Where it takes signed requests; None: it is connected over Socket Mode."""

    def processor_seconds(self) -> float:
        """Return how long it has kept a processor busy since its start."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def workspace() -> Iterator[PracticeServer]:
    """Run a practice workspace with the sample's people, that lets an app call as often as it likes."""
    with PracticeServer(task_force_file=TASK_FORCE, limits=Limits(enabled=False)) as slack:
        yield slack


@contextmanager
def running(program: Program, slack: PracticeServer, transport: str, database: Path | None = None) -> Iterator[Running]:
    """Run a program against the workspace; it is connected when the block begins."""
    port = free_port()
    environ = environment(slack, database) | {"TRANSPORT": transport, "HTTP_PORT": str(port)}
    begun = time.perf_counter()
    process = psutil.Popen([sys.executable, *program.arguments], cwd=HOUSE, env=environ, stdout=subprocess.DEVNULL)
    try:
        if transport == "socket":
            slack.run(slack.workspace.socket_mode.connected.wait(), seconds=PATIENCE)
        else:
            _wait_until(lambda: _accepts(port))
        taken = time.perf_counter() - begun
        yield Running(process, taken, f"http://{HOST}:{port}/slack/events" if transport == "http" else None)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        _wait_until(lambda: not slack.workspace.socket_mode.connections)


def load_sample(slack: PracticeServer, database: Path) -> None:
    """Make a database in which the sample task force is loaded, as an operator would."""
    command = [sys.executable, "bot.py", "load", str(TASK_FORCE)]
    subprocess.run(command, cwd=HOUSE, env=environment(slack, database), check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def environment(slack: PracticeServer, database: Path | None) -> dict[str, str]:
    """Return the environment that connects a program with the workspace, and with nothing else."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOUSE),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{database}",
        "TASK_FORCE_FILE": str(TASK_FORCE),
        "LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        return int(door.getsockname()[1])


def _accepts(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex((HOST, port)) == 0


def _wait_until(is_so: Callable[[], object]) -> None:
    pause = Event()
    for _ in range(PATIENCE * 500):
        if is_so():
            return
        pause.wait(0.002)
    message = f"not within {PATIENCE} s"
    raise TimeoutError(message)
