"""The table of rights: the agenda of a meeting, and what is proposed for it."""

from tests.security.act import Act, Does, click, command, form
from tests.security.people import CONTRIBUTORS, FOCAL, MANAGERS, READERS
from views import ids

CHANGES, OPENS, SHOWS = Does.CHANGES, Does.OPENS, Does.SHOWS
ITEM = {"meeting": "3", "item": "issue:1"}
FILLED = {"agenda_position": "2", "agenda_minutes": "10", "agenda_presenter": "U0PIM"}

AGENDA: tuple[Act, ...] = (
    command("agenda", READERS, SHOWS),
    command("agenda", MANAGERS, SHOWS, "--as <@U0PIM>"),
    command("meeting agenda", READERS, SHOWS, "MTG-3"),
    command("meeting agenda", READERS, SHOWS, "MTG-3 --at 2026-11-21"),
    click(ids.AGENDA_SHOW, "3", READERS, SHOWS),
    click(ids.AGENDA_ITEM, "up:3:issue:1", MANAGERS, CHANGES),
    click(ids.AGENDA_ITEM, "down:3:issue:1", MANAGERS, CHANGES),
    click(ids.AGENDA_ITEM, "out:3:issue:1", MANAGERS, CHANGES),
    click(ids.AGENDA_ITEM, "change:3:issue:1", MANAGERS, OPENS),
    click(ids.AGENDA_ITEM, "next:3:issue:1", MANAGERS, OPENS),
    click(ids.AGENDA_BACK, "3:standing:1", MANAGERS, CHANGES),
    click(ids.AGENDA_PREVIEW, "U0PIM", MANAGERS, SHOWS),
    form(ids.AGENDA_CHANGE_FORM, ITEM, FILLED, MANAGERS),
    form(ids.AGENDA_NEXT_FORM, ITEM, {"agenda_how": "move"}, MANAGERS),
    command("propose", CONTRIBUTORS, CHANGES, "A word on the budget"),
    command("meeting propose", CONTRIBUTORS, CHANGES, "MTG-3 A word on the budget"),
    command("meeting propose", CONTRIBUTORS, OPENS),
    click(ids.PROPOSE_OPEN, "3", CONTRIBUTORS, OPENS),
    form(ids.PROPOSE_FORM, {"meeting": "3"}, {"title": "A word on the budget", "description": ""}, CONTRIBUTORS),
    click(ids.PROPOSE_UNDO, "{proposal}", frozenset({FOCAL}), CHANGES),
    Act("SHORTCUTS", ids.PROPOSE_ITEM, CONTRIBUTORS, OPENS),
    Act("SHORTCUTS", ids.PROPOSE_ITEM, CONTRIBUTORS, OPENS, given="A word on the budget"),
)
