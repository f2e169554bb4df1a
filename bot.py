"""The command line of Focal: it wires everything and starts it. Nothing imports this file."""

import argparse
import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from foundation.clock import Clock
from foundation.settings import Settings, SettingsError, read_settings

# Every command imports only what it needs, where it needs it: a start takes a second, and `dump` takes less.
if TYPE_CHECKING:
    from foundation.database import Database
    from practice.server import PracticeServer
    from practice.story import Story

CLOCK = Clock()
DONE, COULD_NOT, WRONG_SETTINGS = 0, 1, 2
PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}
"""No proxy leads to an address on this very machine."""
NEVER_A_FAKE = (
    "No Slack tokens are set, and a container never starts the practice workspace: a lost secret must not run a "
    "healthy fake. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET for HTTP); see .env.example."
)


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Run the bot; without tokens, in its practice workspace."""
    if not settings.has_tokens:
        return practise(settings, options)
    if settings.missing_tokens:
        missing = " and ".join(settings.missing_tokens)
        return fail(f"TRANSPORT={settings.transport} also needs {missing}. See .env.example.", WRONG_SETTINGS)
    gc.disable()  # nothing that a start makes is garbage; the open desk has it looked for again
    from operations.memory import share_memory
    from operations.records import is_empty, own_records
    from operations.tokens import refuse_wrong_tokens

    share_memory()
    with own_records(settings) as database:
        if is_empty(database):
            from operations.apart import do_apart

            database.close()
            do_apart(lambda: begin(settings))
        refuse_wrong_tokens(settings)
        return work(settings, database)


def begin(settings: Settings) -> None:
    """Load the file into records that are empty still."""
    from operations.records import open_records
    from operations.task_force import load_file

    with open_records(settings) as database:
        load_file(database, settings.task_force_file, now=CLOCK.now(), first=True)


def practise(settings: Settings, _: argparse.Namespace) -> int:
    """Run the bot in a practice workspace on this machine, whatever the tokens."""
    if settings.container:
        return fail(NEVER_A_FAKE, WRONG_SETTINGS)
    forget_environment(proxies=True)
    from operations import practice
    from operations.records import own_records
    from practice.story import read_story

    records = practice.practice_settings(settings)
    with own_records(records) as database:
        story = read_story()
        practice.match_records(database, records.task_force_file, now=story.begins)
        with workspace(database, records.task_force_file, story) as slack:
            if not settings.has_tokens:
                print("No Slack tokens are set, so this is the practice workspace; .env.example tells how to connect.")
            connected = practice.practice_settings(settings, slack.api_url, slack.bot_token, slack.app_token)
            opening = threading.Thread(target=open_practice, args=(slack,), name="story", daemon=True)
            return work(connected, database, begin=opening.start)


def open_practice(slack: "PracticeServer") -> None:
    """Tell a new workspace's story, then say where it is."""
    if slack.world.tour is None:
        print("Two weeks of an imaginary task force go by first; that takes about a quarter of a minute.", flush=True)
    with suppress(CancelledError):
        slack.tell_story()
        print(f"Practice workspace: {slack.url}/ (Ctrl+C ends it)", flush=True)


def workspace(database: "Database", file: Path, story: "Story") -> "PracticeServer":
    """Return the practice workspace, not yet started."""
    from operations import practice
    from operations.manifest import manifest
    from practice.server import PracticeServer

    return PracticeServer(
        port=practice.free_port(), state_file=practice.WORLD, task_force_file=file,
        manifest=manifest(transport="socket", command=practice.command_of(file)),
        story=story, on_reset=lambda: practice.begin_anew(database, file, now=story.begins),
    )  # fmt: skip


def work(settings: Settings, database: "Database", *, begin: Callable[[], None] = lambda: None) -> int:
    """Keep Focal at work until it is told to end; `begin` is done once it is."""
    from operations.desk import desk_at_work

    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    with desk_at_work(settings, database, CLOCK) as desk:
        print(f"Health and figures: http://{desk.ops.host}:{desk.ops.port}/healthz /readyz /metrics", flush=True)
        begin()
        ended.wait()
    return DONE


def load(settings: Settings, options: argparse.Namespace) -> int:
    """Make the task force what a file says."""
    from operations.records import open_records
    from operations.task_force import load_file

    with open_records(settings) as database:
        found = load_file(database, options.file, now=CLOCK.now(), overwrite=options.overwrite)
    return tell(found.lines if found is not None else [])


def dump(settings: Settings, _: argparse.Namespace) -> int:
    """Print the task force as a file that loads back."""
    from operations.records import open_records
    from operations.task_force import dump_file

    with open_records(settings) as database:
        print(dump_file(database), end="")
    return DONE


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    """Look at everything that can be wrong, a line each."""
    from operations.doctor import consult, healthy

    findings = []
    for finding in consult(settings, now=CLOCK.real()):
        print(finding, flush=True)
        findings.append(finding)
    return DONE if healthy(findings) else COULD_NOT


def print_manifest(settings: Settings, options: argparse.Namespace) -> int:
    """Print the app manifest for Slack."""
    from operations.manifest import manifest
    from operations.task_force import known_command

    if options.transport == "http" and not (options.url or "").startswith("https://"):
        return fail("HTTP needs --url https://YOUR-HOST, where Slack reaches Focal.", WRONG_SETTINGS)
    command = known_command(settings)
    print(json.dumps(manifest(transport=options.transport, command=command, url=options.url), indent=2))
    return DONE


def people(settings: Settings, _: argparse.Namespace) -> int:
    """List the people of the workspace with their Slack ids, by name."""
    from operations.people import find_people, listing

    if not settings.bot_token:
        return fail("SLACK_BOT_TOKEN is not set. See .env.example.", WRONG_SETTINGS)
    return tell(listing(find_people(settings)))


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copy the records to a new file, while Focal runs."""
    from operations.backup import back_up
    from operations.records import open_records

    with open_records(settings) as database:
        size = back_up(database, options.file)
    return tell([f"{options.file}: {size:,} bytes, checked."])


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Put a backup in the place of records that nothing uses, or say that this was done by other means."""
    from sqlalchemy import make_url

    from operations.backup import mark_restored
    from operations.backup import restore as put_back

    url, real = make_url(settings.database_url), CLOCK.real()
    doubtful = put_back(url, options.file, real=real) if options.file else mark_restored(url, real=real)
    return tell(["Restored.", f"{doubtful} notices will be looked for in Slack before they are sent."])


def export(settings: Settings, _: argparse.Namespace) -> int:
    """Print the journal as CSV."""
    from operations.export import journal_csv
    from operations.records import open_records

    with open_records(settings) as database, database.reading() as session:
        sys.stdout.writelines(journal_csv(session))
    return DONE


def erase(settings: Settings, options: argparse.Namespace) -> int:
    """Put a pseudonym in the place of somebody who has left."""
    from operations.records import erase_by_slack_id, open_records

    with open_records(settings) as database:
        return tell([f"Now known as {erase_by_slack_id(database, options.person, now=CLOCK.now())}."])


def forget_environment(*, proxies: bool) -> None:
    """Take away what libraries would read behind the settings' back: Bolt Slack's tokens, all of them proxies."""
    for name in list(os.environ):
        if name.upper().startswith("SLACK_") or (proxies and name.upper() in PROXIES):
            del os.environ[name]


def tell(lines: Sequence[str]) -> int:
    """Print lines."""
    print("\n".join(lines))
    return DONE


def fail(sentence: str, status: int) -> int:
    """Say why something cannot be done."""
    print(sentence, file=sys.stderr)
    return status


def command_line() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="bot.py", description="Focal: a task force's coordination desk in Slack.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[Settings, argparse.Namespace], int]) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=(command.__doc__ or "").split("\n")[0], description=command.__doc__)
        found.set_defaults(carry_out=command)
        return found

    add("run", run)
    add("practice", practise)
    loading = add("load", load)
    loading.add_argument("file", type=Path)
    loading.add_argument("--overwrite", action="store_true", help="also undo what was changed in Slack")
    add("dump", dump)
    add("doctor", doctor)
    printing = add("manifest", print_manifest)
    printing.add_argument("--transport", choices=["socket", "http"], default="socket")
    printing.add_argument("--url", help="https://YOUR-HOST, for HTTP")
    add("people", people)
    add("backup", backup).add_argument("file", type=Path)
    restoring = add("restore", restore).add_mutually_exclusive_group(required=True)
    restoring.add_argument("file", type=Path, nargs="?", help="a backup made by `backup`")
    restoring.add_argument("--in-place", action="store_true", help="the copy is there already: have it repeat nothing")
    add("export", export)
    add("erase", erase).add_argument("person", help="the Slack id")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit status."""
    options = command_line().parse_args(arguments)
    try:
        settings = read_settings()
    except SettingsError as error:
        return fail("\n".join(error.problems), WRONG_SETTINGS)
    # Beside the development tools structlog would load both, to paint errors whose words we never log and for a way of
    # threading that is not ours: 7 MiB.
    for name in ("rich", "greenlet"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    from foundation.logs import start_logging

    start_logging(level=settings.log_level, form=settings.log_format)
    forget_environment(proxies=settings.is_loopback)
    from operations.cannot import Cannot

    try:
        status: int = options.carry_out(settings, options)
    except Cannot as reason:
        return fail(str(reason), COULD_NOT)
    except BrokenPipeError:  # whoever read our lines has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status


if __name__ == "__main__":
    sys.exit(main())
