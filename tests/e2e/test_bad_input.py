"""Bad input of every kind: one clear sentence to the person, nothing typed is lost, nothing is half stored."""

import re
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.stage import GENEVA, Stage, soon, spoken
from tests.fixtures_task_force import ISC_TF
from tests.slack_reading import words

on_a_stage = pytest.mark.parametrize("stage", [("sqlite", "socket")], indirect=True, scope="module", ids=["sqlite"])
TOO_LONG = "x" * 3001


# -- the task-force file ----------------------------------------------------------------------------------------------


MISTAKES = {
    "timezone: Europe/Zurich  ": ("timezone: Europe/Geneva  ", "timezone: 'Europe/Geneva'"),
    "{after: 5wd, to: deputy}": ("{after: 5 Tuesdays, to: deputy}", "after: “5 Tuesdays”"),
    "roles: [secretariat]": ("roles: [king]", "'king'"),
}
NOBODY = {"BR: U0AMA, TSB: U0BO, BDT: U0CY": ("BR: U0NOBODY, TSB: U0BO, BDT: U0CY", "U0NOBODY")}


def test_a_wrong_task_force_file_is_one_line_for_each_mistake_and_changes_nothing(tmp_path: Path) -> None:
    bot = BotProcess(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path / 'focal.db'}")
    bot.command("load", ISC_TF)
    before = bot.command("dump")
    for mistakes in (MISTAKES, NOBODY):
        text = ISC_TF.read_text("utf-8")
        for right, (wrong, _) in mistakes.items():
            assert right in text
            text = text.replace(right, wrong, 1)
        (tmp_path / "wrong.yaml").write_text(text, "utf-8")
        refused = bot.try_command("load", "wrong.yaml")
        assert refused.returncode != 0
        heading, *told = refused.stderr.splitlines()
        assert "nothing was changed" in heading
        assert len(told) == len(mistakes), refused.stderr
        assert all(any(named in line for line in told) for _, named in mistakes.values()), refused.stderr
    assert bot.command("dump") == before


# -- commands ---------------------------------------------------------------------------------------------------------


@on_a_stage
@pytest.mark.parametrize(
    ("who", "typed", "sentence"),
    [
        ("sec", "meeting schedule 2037-11-03 14:30 ISC-TF 43", "past"),
        ("sec", "meeting schedule 2038-10-31 02:30 ISC-TF 50", "twice"),
        ("sec", "meeting schedule 2038-03-28 02:30 ISC-TF 50", "02:30"),
        ("sec", "meeting schedule 2037-02-30 14:30 ISC-TF 43", "2037-02-30|calendar"),
        ("sec", "meeting schedule someday ISC-TF 43", "someday"),
        ("tess", "update xyzzy at-risk Venue", "xyzzy"),
        ("tess", f"update emergency at-risk {TOO_LONG}", "3,001"),
        ("tess", "update resources at-risk Venue", "Only|focal points"),
        ("tess", "note xyzzy Seen", "xyzzy"),
        ("tess", "issue raise", ""),
        ("tess", "issue show ISS-99", "ISS-99"),
        ("tess", f"issue raise {'y' * 3001}", ""),
        ("sec", "away @U0STRANGER 2037-12-01 2037-12-02", ""),
        ("sec", "update climate at-risk Venue --unit TSB --for @stranger", "stranger"),
        ("sec", "update climate at-risk Venue --unit TSB --for <@U0GONE>", ""),
        ("sec", "update climate at-risk Venue --unit ITU", "ITU"),
        ("tess", "status --at never", "never"),
        ("tess", "status --at MTG-99", "MTG-99"),
        ("tess", "journal @nobody", ""),
        ("tess", "search", ""),
        ("guest", "update climate at-risk Venue", "Guests"),
        ("guest", "", "Guests"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_private_sentence(stage: Stage, who: str, typed: str, sentence: str) -> None:
    person = stage.player(who)
    answer = person.command(typed)
    assert answer.ephemeral or answer.modal, f"{typed!r}: {answer.error}"
    assert re.search(sentence, answer.plain), answer.plain
    assert "Traceback" not in answer.plain
    if person.modal:
        person.close()


@on_a_stage
def test_nothing_of_it_was_stored_and_what_was_typed_is_handed_back(stage: Stage) -> None:
    answer = stage.player("tess").command("update resources at-risk The donor hesitates")
    assert "The donor hesitates" in answer.plain
    assert "MTG-1" not in stage.player("sec").command("meeting list").plain
    assert "ISS-" not in stage.player("sec").command("issue list").plain
    assert "Venue" not in stage.player("sec").command("status climate").plain
    assert not [post for post in stage.channel() if post.get("bot_id")]


# -- forms ------------------------------------------------------------------------------------------------------------


@on_a_stage
def test_a_form_says_it_at_the_field_and_keeps_what_was_typed(stage: Stage) -> None:
    tess = stage.player("tess")
    tess.command("update emergency")
    tess.fill({"Health": "at-risk", "What changed": TOO_LONG, "Next steps": "Ask the host"})
    errors = tess.submit()
    assert list(errors) == ["What changed"]
    assert tess.filled()["Next steps"] == "Ask the host"
    assert tess.filled()["What changed"] == TOO_LONG
    tess.fill({"What changed": "   "})
    assert list(tess.submit()) == ["What changed"]
    tess.close()


@on_a_stage
def test_a_form_for_a_meeting_says_it_at_the_day(stage: Stage) -> None:
    secretariat = stage.player("sec")
    secretariat.command("meeting schedule")
    secretariat.fill({"Day": "2037-11-03", "Time": "14:30", "Title": "ISC-TF 43"})
    assert "past" in secretariat.submit()["Day"]
    assert secretariat.filled()["Title"] == "ISC-TF 43"
    secretariat.fill({"Day": "2038-10-31", "Time": "02:30"})
    assert "twice" in secretariat.submit()["Time"]
    secretariat.close()


@on_a_stage
@pytest.mark.fault(37)
def test_a_form_left_open_while_rights_changed_is_refused_with_what_was_typed(stage: Stage, tmp_path: Path) -> None:
    pim = stage.player("pim")
    pim.command("update events")
    pim.fill({"Health": "done", "What changed": "All rooms are booked"})
    changed = ISC_TF.read_text("utf-8").replace("BDT: U0PIM, GS: U0DI", "BDT: U0DORA, GS: U0DI")
    (tmp_path / "changed.yaml").write_text(changed, "utf-8")
    stage.bot.command("load", tmp_path / "changed.yaml")
    errors = pim.submit()
    assert "Dora (sample)" in " ".join(errors.values()), "who can"
    assert pim.filled()["What changed"] == "All rooms are booked"
    assert "All rooms" not in stage.player("sec").command("status events").plain
    pim.close()


# -- buttons and people -----------------------------------------------------------------------------------------------


@on_a_stage
def test_a_button_of_an_old_message_says_that_it_is_too_late(stage: Stage) -> None:
    di = stage.player("di")
    answer = di.command("update youth on-track Forum begins")
    old = answer.message
    di.click(old, "Withdraw")
    again = di.click(old, "Withdraw") if "Withdraw" in answer.buttons and _still_there(stage, old) else None
    assert again is None or "withdrawn" in again.plain
    stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
    posted = di.command("update youth on-track Forum begins")
    stage.go_to(GENEVA, "2037-12-03 14:31")
    stage.player("sec").command("meeting hold MTG-1")
    late = di.click(posted.message, "Edit")
    assert di.modal is None
    assert late.plain, "the cycle has ended"


def _still_there(stage: Stage, message: object) -> bool:
    shown = stage.player("di").ephemerals()
    return isinstance(message, dict) and any(
        each["ts"] == message["ts"] and "Withdraw" in words(each).splitlines() for each in shown
    )


@on_a_stage
def test_what_somebody_who_left_had_becomes_vacant_and_the_secretariat_can_reassign_it(stage: Stage) -> None:
    stage.slack.deactivate("U0BEN")
    told = soon(lambda: [dm for dm in stage.player("sec").dms() if "Ben (sample)" in spoken(dm)])
    assert "Reassign all" in words(told[-1])
    line = next(line for line in spoken(stage.player("sec").command("status communications").message).splitlines()
                if line.startswith("BR"))  # fmt: skip
    assert "vacant" in line


@on_a_stage
def test_it_has_logged_no_error(stage: Stage) -> None:
    assert stage.bot.errors() == []
