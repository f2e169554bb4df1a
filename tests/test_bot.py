"""The command line: what whoever runs Focal types, and what they get."""

import csv
import io
import json
import runpy
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from operations.manifest import SCOPES
from tests.fixtures_task_force import ISC_TF

BOT = ISC_TF.parent.parent / "bot.py"
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Give a function that carries out one command in an empty folder, and returns status, output and errors."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL", "FOCAL_CONTAINER"):
        monkeypatch.delenv(name, raising=False)

    def carry_out(*arguments: str, **settings: str) -> tuple[int, str, str]:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in settings.items():
                environment.setenv(name, value)
            environment.setattr(sys, "argv", [str(BOT), *arguments])
            with pytest.raises(SystemExit) as ended:
                runpy.run_path(str(BOT), run_name="__main__")
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, said.out, said.err

    return carry_out


@pytest.fixture
def with_isc_tf(command: Command) -> Command:
    assert command("load", str(ISC_TF))[0] == 0
    return command


def test_a_first_load_says_what_there_is_now(command: Command) -> None:
    status, out, _ = command("load", str(ISC_TF))
    assert status == 0
    assert "4 units: BR, TSB, BDT, GS\n" in out
    assert "areas.web.focal_points.BR: vacant" in out


def test_a_second_load_says_that_nothing_differs(with_isc_tf: Command) -> None:
    assert with_isc_tf("load", str(ISC_TF))[1].startswith("Nothing differs from the file.\n")


def test_a_mistake_in_the_file_is_told_and_ends_with_a_status(command: Command, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(ISC_TF.read_text("utf-8").replace("Africa/Cairo", "Africa/Kairo"), "utf-8")
    status, _, errors = command("load", str(wrong))
    assert status == 1
    assert "stations[4].timezone: 'Africa/Kairo' is not an IANA time zone" in errors
    assert command("dump")[0] == 1


def test_an_empty_file_is_told_as_such(command: Command, tmp_path: Path) -> None:
    empty = tmp_path / "empty.yaml"
    empty.write_text("# nothing yet\n")
    status, _, error = command("load", str(empty))
    assert (status, error.splitlines()[1:]) == (
        1, ["the file is empty: expected a task force such as examples/isc-tf.yaml"],
    )  # fmt: skip


def test_a_database_that_does_not_answer_is_told_with_its_cause(command: Command) -> None:
    status, _, error = command("dump", DATABASE_URL="postgresql+psycopg://focal@127.0.0.1:1/focal")
    assert status == 1
    assert "Connection refused" in error


def test_a_dump_is_a_file_that_loads_back(with_isc_tf: Command, tmp_path: Path) -> None:
    (tmp_path / "dumped.yaml").write_text(with_isc_tf("dump")[1], "utf-8")
    assert with_isc_tf("load", "dumped.yaml")[1].startswith("Nothing differs")


def test_wrong_settings_are_all_told_before_anything_happens(command: Command, tmp_path: Path) -> None:
    status, _, errors = command("dump", TRANSPORT="pigeon", HTTP_PORT="door")
    assert (status, len(errors.splitlines())) == (2, 2)
    assert not (tmp_path / "data").exists()


def test_a_container_without_tokens_exits_rather_than_play(command: Command, tmp_path: Path) -> None:
    for word in ("run", "practice"):
        status, _, errors = command(word, FOCAL_CONTAINER="1")
        assert status == 2
        assert "a lost secret must not run a healthy fake" in errors
    assert not (tmp_path / "data").exists()


def test_half_of_the_tokens_is_told(command: Command) -> None:
    status, _, errors = command("run", SLACK_BOT_TOKEN="xoxb-1")
    assert status == 2
    assert "SLACK_APP_TOKEN" in errors


def test_running_with_tokens_and_without_a_task_force_file_says_what_to_do(command: Command) -> None:
    status, _, errors = command("run", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert status == 1
    assert "There is no task-force file taskforce.yaml" in errors


def test_the_doctor_finds_an_installation_without_tokens_odd_but_sound(with_isc_tf: Command) -> None:
    status, out, _ = with_isc_tf("doctor")
    assert (status, [line for line in out.splitlines() if line.startswith("✗")]) == (0, [])
    assert "✓ task force: ISC-TF: 11 areas, 25 members" in out
    assert "! tokens: none" in out


def test_the_doctor_does_not_let_an_empty_database_pass(command: Command) -> None:
    status, out, _ = command("doctor")
    assert status == 1
    assert "✗ task force: none is loaded" in out


def test_the_manifest_names_the_command_of_the_task_force(command: Command, tmp_path: Path) -> None:
    (tmp_path / "tf.yaml").write_text(ISC_TF.read_text("utf-8").replace("command: /isctf", "command: /tf"), "utf-8")
    command("load", "tf.yaml")
    manifest = json.loads(command("manifest")[1])
    assert manifest["features"]["slash_commands"][0]["command"] == "/tf"
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert set(manifest["oauth_config"]["scopes"]["bot"]) == set(SCOPES)


def test_the_manifest_for_http_needs_an_address_and_uses_it_everywhere(command: Command) -> None:
    assert command("manifest", "--transport", "http")[0] == 2
    manifest = json.loads(command("manifest", "--transport", "http", "--url", "https://focal.example.org/")[1])
    address = "https://focal.example.org/slack/events"
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["features"]["slash_commands"][0]["url"] == address


def test_the_manifest_keeps_to_slacks_limits(command: Command) -> None:
    manifest = json.loads(command("manifest")[1])
    assert len(manifest["display_information"]["description"]) <= 140
    assert all(len(shortcut["name"]) <= 24 for shortcut in manifest["features"]["shortcuts"])
    named = {shortcut["callback_id"]: shortcut["name"] for shortcut in manifest["features"]["shortcuts"]}
    assert named == {
        "post_update": "Post status update",
        "use_as_update": "Use as status update",
        "raise_issue": "Raise as issue",
        "propose_item": "Propose for agenda",
    }


def test_people_need_a_token(command: Command) -> None:
    assert command("people")[0] == 2


def test_the_export_is_csv(with_isc_tf: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(with_isc_tf("export")[1])))
    assert [(row["act"], row["subject"]) for row in rows] == [("task_force.load", "task force")]


def test_a_backup_is_restored(with_isc_tf: Command, tmp_path: Path) -> None:
    before = with_isc_tf("dump")[1]
    assert with_isc_tf("backup", "kept.db")[0] == 0
    shutil.rmtree(tmp_path / "data")
    assert with_isc_tf("restore", "kept.db")[0] == 0
    assert with_isc_tf("dump")[1] == before


def test_a_member_who_is_still_here_is_not_erased(with_isc_tf: Command) -> None:
    status, _, errors = with_isc_tf("erase", "U0AMA")
    assert status == 1
    assert "Ama (sample) is still a member" in errors


def test_nobody_is_erased_by_mistake(with_isc_tf: Command) -> None:
    assert with_isc_tf("erase", "U0NOBODY")[0] == 1


def test_every_command_of_the_manual_exists(command: Command) -> None:
    usage = command("--help")[1]
    for word in ("run", "practice", "load", "dump", "doctor", "manifest", "people", "backup", "restore", "export"):
        assert f"    {word} " in usage
