"""One meeting from its date to what it gave to do, as six people play it in English and French, step by step.

    for step in STEPS:
        step(stage)
    assert_all_was_said_once(stage)

Each step is whole: what it needs of an earlier one it waits for, so that the bot may be killed between any two.
"""

from collections.abc import Callable
from typing import Any

from tests.e2e.stage import GENEVA, Stage, soon, spoken
from tests.slack_reading import buttons_of

Step = Callable[[Stage], None]

ISSUE, PROPOSAL, STATEMENT = "Who pays for the pavilion?", "Regional presence at COP", "Draft joint statement"
DECISION = "The General Secretariat advances it"


def post_about(stage: Stage, words: str) -> Any:
    """Return the one post in the channel that says something; waits for it."""

    def found() -> list[Any]:
        return [post for post in stage.channel() if words in spoken(post)]

    [post] = soon(found)
    return post


def letters(stage: Stage, name: str, *words: str) -> list[Any]:
    """Return somebody's direct messages that say all of this, replies in threads apart."""
    return [each for each in stage.player(name).dms() if all(word in spoken(each) for word in words)]


def steer(stage: Stage, label: str, *, beside: str = "") -> None:
    """Press a button of the secretariat's board of the meeting."""
    sec = stage.player("sec")
    sec.click(sec.command("meeting show MTG-1").message, label, beside=beside)


# -- before the meeting --------------------------------------------------------------------------------------------


def schedule(stage: Stage) -> None:
    """The secretariat sets the date."""
    answer = stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
    assert "MTG-1" in answer.plain


def announced_with_a_calendar_file(stage: Stage) -> None:
    """The channel hears of it, and can put it into calendars."""
    announced = post_about(stage, "MTG-1 · ISC-TF 43 begins on Thursday, 3 December 2037, 14:30")
    [file] = announced["files"]
    assert file["name"] == "MTG-1.ics"


def raise_an_issue(stage: Stage) -> None:
    """A focal point cannot settle something."""
    assert "ISS-1" in stage.player("ama").command(f"issue raise climate {ISSUE}").plain


def propose(stage: Stage) -> None:
    """Another one proposes an item."""
    assert "MTG-1" in stage.player("cy").command(f"meeting propose {PROPOSAL}").plain


def report(stage: Stage) -> None:
    """A unit says how its area stands."""
    said = "update climate at-risk Venue not confirmed | next: ask the host"
    assert stage.player("ama").command(said).ephemeral


def read_the_agenda(stage: Stage) -> None:
    """Everybody reads the same agenda, in their language."""
    english, french = stage.player("di").command("agenda").plain, stage.player("ama").command("agenda").plain
    assert "Agenda of MTG-1" in english
    assert "Ordre du jour de MTG-1" in french
    for agenda in (english, french):
        places = [agenda.index(words) for words in ("ISS-1", PROPOSAL)]
        assert places == sorted(places), "issues come before proposals"
    assert english.index("Adoption of the agenda") < english.index("ISS-1") < english.index("Any other business")


def remind(stage: Stage) -> None:
    """Three days before the deadline those who owe hear of it, and who has reported does not."""
    stage.go_to(GENEVA, "2037-11-30 09:01")
    soon(lambda: letters(stage, "di", "ISC-TF 43"))
    assert not letters(stage, "ama", "ISC-TF 43", "Changements climatiques")


def brief(stage: Stage) -> None:
    """At the deadline the brief goes to the channel, and to the chair in the chair's language."""
    stage.go_to(GENEVA, "2037-12-02 14:31")
    shown = spoken(post_about(stage, "Brief for MTG-1"))
    assert "Climate change: at risk · BR: Venue not confirmed" in shown
    soon(lambda: letters(stage, "chair", "Note de synthèse", "MTG-1"))


def report_late(stage: Stage) -> None:
    """Who reports after the deadline is late, and in the same brief."""
    assert stage.player("di").command("update climate on-track The host has agreed").ephemeral


def the_brief_follows(stage: Stage) -> None:
    """The brief is edited where it stands."""
    soon(lambda: "GS: The host has agreed" in spoken(post_about(stage, "Brief for MTG-1")))


# -- in the meeting ------------------------------------------------------------------------------------------------


def hold(stage: Stage) -> None:
    """The secretariat opens the meeting."""
    stage.go_to(GENEVA, "2037-12-03 14:32")
    assert "is open" in stage.player("sec").command("meeting hold").plain


def come(stage: Stage) -> None:
    """People say that they are here."""
    board = post_about(stage, "MTG-1 · ISC-TF 43 is being held.")
    stage.player("ama").click(board, "In the room")
    stage.player("cy").click(board, "Remotely")


def discuss(stage: Stage) -> None:
    """The first item is taken up and settled."""
    steer(stage, "Next item")
    steer(stage, "Discussed")


def decide(stage: Stage) -> None:
    """The chair decides the issue that the meeting has come to."""
    steer(stage, "Take it up", beside="ISS-1")
    chair = stage.player("chair")
    chair.click(chair.command("issue show ISS-1").message, "Décider")
    chair.fill({"Décision": DECISION, "Suite à donner": "Clore"})
    assert chair.submit() == {}


def give_an_action(stage: Stage) -> None:
    """Somebody is given something to do, in one line."""
    answer = stage.player("sec").command(f"action add <@U0DI> 2037-12-18 {STATEMENT}")
    assert "ACT-1" in answer.plain


def the_board_follows(stage: Stage) -> None:
    """The channel sees all of it on one board."""

    def current() -> bool:
        shown = spoken(post_about(stage, "is being held."))
        return all(
            words in shown for words in (DECISION, STATEMENT, "In the room (1): Ama (sample) (BR)", "Cy (sample)")
        )

    soon(current)


# -- after the meeting ---------------------------------------------------------------------------------------------


def close(stage: Stage) -> None:
    """Nothing that waits is closed silently."""
    refused = stage.player("sec").command("meeting close").plain
    assert PROPOSAL in refused
    assert "ISS-1" not in refused
    assert "is closed" in stage.player("sec").command("meeting close MTG-1 carry").plain


def read_the_minutes(stage: Stage) -> None:
    """Everybody reads the same minutes, in their language, with what was said as it was said."""
    english = stage.player("ben").command("meeting minutes MTG-1").plain
    french = stage.player("ama").command("meeting minutes MTG-1").plain
    assert "Put off to the next meeting" in english
    assert "Reporté à la prochaine réunion" in french
    for minutes in (english, french):
        assert all(words in minutes for words in (DECISION, STATEMENT, PROPOSAL, "Ama (sample)", "Cy (sample)"))


def correct(stage: Stage) -> None:
    """What was wrong is put right beneath them."""
    assert stage.player("sec").command("meeting correct MTG-1 Ben (sample) was in the room as well").ephemeral
    assert "Ben (sample) was in the room as well" in stage.player("ama").command("meeting minutes MTG-1").plain


def told_what_to_do(stage: Stage) -> None:
    """Who has an action is told."""
    soon(lambda: letters(stage, "di", "ACT-1", STATEMENT))


def carried_over(stage: Stage) -> None:
    """The next meeting takes up what waited."""
    stage.player("sec").command("meeting schedule 2038-01-20 14:30 ISC-TF 44")
    agenda = stage.player("di").command("agenda").plain
    assert "Agenda of MTG-2" in agenda
    assert f"{PROPOSAL}\nproposed by Cy (sample) · carried over from MTG-1" in agenda.replace("*", "")
    assert "Actions due" in agenda
    assert "ISS-1" not in agenda, "it is decided"


def do_it(stage: Stage) -> None:
    """The action is done, and the chain leads from one to the other."""
    di = stage.player("di")
    assert "ACT-1" in di.command("action done ACT-1 It is on the website").plain
    assert "It is on the website" in stage.player("ben").command("action show ACT-1").plain
    assert DECISION in stage.player("ben").command("decisions all").plain
    assert STATEMENT not in di.command("actions mine").plain


STEPS: tuple[Step, ...] = (
    schedule, announced_with_a_calendar_file, raise_an_issue, propose, report, read_the_agenda, remind, brief,
    report_late, the_brief_follows, hold, come, discuss, decide, give_an_action, the_board_follows, close,
    read_the_minutes, correct, told_what_to_do, carried_over, do_it,
)  # fmt: skip


def assert_all_was_said_once(stage: Stage) -> None:
    """Look at everything that stands in Slack: each thing once, as it is now."""
    soon(stage.bot.is_quiet)
    soon(lambda: buttons_of(post_about(stage, "MTG-1 · ISC-TF 43 was held on")))
    in_channel = [spoken(post) for post in stage.channel()]
    for words in (
        "MTG-1 · ISC-TF 43 begins on",
        "Brief for MTG-1",
        "MTG-1 · ISC-TF 43 was held on",
        "MTG-2 · ISC-TF 44",
    ):
        assert sum(words in said for said in in_channel) == 1, words
    assert len(letters(stage, "chair", "Note de synthèse", "MTG-1")) == 1
    assert len(letters(stage, "di", "action for you", STATEMENT)) == 1
    assert not letters(stage, "ben", STATEMENT)
    assert not stage.bot.errors()
