"""The table of rights: decisions and actions, once they are taken and given."""

from tests.security.act import Act, Does, click, command, form
from tests.security.people import ACTING, CHAIR, MANAGERS, MEMBERS, OUTSIDER, OWNER, READERS, SECRETARIAT
from views import ids

CHANGES, OPENS, SHOWS = Does.CHANGES, Does.OPENS, Does.SHOWS
DOERS = frozenset({OWNER, SECRETARIAT})
CHAIRS = frozenset({CHAIR, ACTING})
"""No meeting is being held, so the secretariat records no decision."""
GIVEN = {"owner": "U0PIM", "text": "Draft it", "due": {"selected_date": "2026-12-18"}}

DECIDING: tuple[Act, ...] = (
    command("decisions", READERS, SHOWS),
    command("decisions", READERS, SHOWS, "open"),
    command("decisions", READERS, SHOWS, "who pays --at 2026-11-20"),
    command("decision", READERS, SHOWS),
    command("decision list", READERS, SHOWS),
    command("decision show", READERS, SHOWS, "DEC-1"),
    command("decision add", CHAIRS, CHANGES, "All pay"),
    command("decision add", CHAIRS, CHANGES, "replaces DEC-1 All pay"),
    command("decision add", CHAIRS, CHANGES, "--area resources All pay"),
    command("decision add", CHAIRS, OPENS),
    click(ids.DECISION_SHOW, "1", READERS, SHOWS),
    form(ids.DECISION_FORM, {"replaces": "DEC-1"}, {"text": "All pay", "area": "{resources}"}, CHAIRS),
    command("action", READERS, SHOWS),
    command("actions", READERS, SHOWS),
    command("actions", READERS, SHOWS, "overdue"),
    command("action list", READERS, SHOWS),
    command("action list", MEMBERS, SHOWS, "resources", told=frozenset({OUTSIDER})),
    command("action show", READERS, SHOWS, "ACT-1"),
    command("action add", MANAGERS, CHANGES, "<@U0PIM> 2026-12-18 Draft it --area resources --decision DEC-1"),
    command("action add", MANAGERS, OPENS),
    command("action done", DOERS, CHANGES, "ACT-1 Paid"),
    command("action done", DOERS, OPENS, "ACT-1"),
    command("action assign", MANAGERS, CHANGES, "ACT-1 <@U0PIM>"),
    command("action assign", MANAGERS, OPENS, "ACT-1"),
    command("action due", MANAGERS, CHANGES, "ACT-1 2026-12-18"),
    command("action due", MANAGERS, OPENS, "ACT-1"),
    click(ids.ACTION_SHOW, "1", READERS, SHOWS),
    click(ids.ACTION_OPEN, "1", MANAGERS, OPENS),
    click(ids.ACTION_DONE, "1", DOERS, OPENS),
    click(ids.ACTION_ASSIGN, "1", MANAGERS, OPENS),
    click(ids.ACTION_DUE, "1", MANAGERS, OPENS),
    form(ids.ACTION_FORM, {"decision": "DEC-1"}, GIVEN, MANAGERS),
    form(ids.ACTION_DONE_FORM, {"action": "1"}, {"evidence": "Paid"}, DOERS),
    form(ids.ACTION_ASSIGN_FORM, {"action": "1"}, {"person": "U0PIM"}, MANAGERS),
    form(ids.ACTION_DUE_FORM, {"action": "1"}, {"due": {"selected_date": "2026-12-18"}}, MANAGERS),
)
