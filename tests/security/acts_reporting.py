"""The table of rights: updates, notes, drafts; issues and what the chair does with them."""

from tests.security.act import Act, Does, click, command, form
from tests.security.people import (
    ACTING,
    ALTERNATE,
    CHAIR,
    CONTRIBUTORS,
    DECIDERS,
    DEPUTY,
    FOCAL,
    MEMBERS,
    NOBODY,
    OUTSIDER,
    OWNER,
    READERS,
    SECRETARIAT,
    SETTLERS,
    SPEAKERS,
)
from tests.slack_reading import Json
from views import ids

CHANGES, KEEPS, OPENS, SHOWS, NOTHING = Does.CHANGES, Does.KEEPS, Does.OPENS, Does.SHOWS, Does.NOTHING
FOR_OTHERS = frozenset({SECRETARIAT})
"""The secretariat posts on behalf of others, and is asked for whom."""
REPORTERS = SPEAKERS | FOR_OTHERS
AUTHOR = frozenset({FOCAL})
NEWS = {"area": "{climate}", "health": "at-risk", "changed": "Venue not confirmed"}
VIEW: Json = {"id": "V0", "hash": "h", "type": "modal", "callback_id": ids.UPDATE_FORM, "blocks": [],
              "state": {"values": {"area": {"area": {"value": "1"}}}}}  # fmt: skip
DM = {"channel_type": "im"}

UPDATES: tuple[Act, ...] = (
    command("update", SPEAKERS, CHANGES, "climate at-risk Venue", told=FOR_OTHERS),
    command("update", FOR_OTHERS, CHANGES, "climate at-risk Venue --unit TSB --for <@U0BO>"),
    command("update", REPORTERS, KEEPS, "climate Venue without a health"),
    command("update", REPORTERS, OPENS, "climate"),
    command("confirm", frozenset({ALTERNATE}), CHANGES, "climate", told=frozenset({FOCAL, SECRETARIAT})),
    command("note", CONTRIBUTORS, CHANGES, "climate Seen"),
    command("note", CONTRIBUTORS, CHANGES, "resources Seen"),
    click(ids.AREA, "", REPORTERS, NOTHING, view=VIEW),
    click(ids.UNIT, "", REPORTERS, NOTHING, view=VIEW),
    click(ids.UPDATE_OPEN, "{climate}:{BR}", REPORTERS, OPENS),
    click(ids.UPDATE_CONFIRM, "{climate}:{BR}:3", frozenset({ALTERNATE}), CHANGES, told=FOR_OTHERS),
    click(ids.UPDATE_EDIT, "2", AUTHOR, OPENS),
    click(ids.UPDATE_WITHDRAW, "2", AUTHOR | FOR_OTHERS, CHANGES),
    click(ids.UPDATE_SETTLE, "withdraw:2", AUTHOR | FOR_OTHERS, CHANGES),
    click(ids.UPDATE_SETTLE, "edit:2", AUTHOR, OPENS),
    form(ids.UPDATE_FORM, {}, NEWS, SPEAKERS, told=FOR_OTHERS),
    form(ids.UPDATE_FORM, {}, NEWS | {"unit": "{TSB}", "for_whom": "U0BO"}, FOR_OTHERS),
    form(ids.UPDATE_FORM, {"update": "2"}, NEWS, AUTHOR),
    form(ids.UPDATE_FORM, {"draft": "1"}, NEWS, AUTHOR, told=FOR_OTHERS),
    Act("SHORTCUTS", ids.POST_UPDATE, REPORTERS | {"focal point of another area"}, OPENS),
    Act("SHORTCUTS", ids.USE_AS_UPDATE, REPORTERS | {"focal point of another area"}, OPENS, given="Venue is booked"),
    click(ids.NOTE_SEND, "2:{climate}", AUTHOR, CHANGES),
    click(ids.DRAFT_SHOW, "1", AUTHOR, KEEPS),
    click(ids.DRAFT_POST, "1", AUTHOR, CHANGES),
    click(ids.DRAFT_EDIT, "1", AUTHOR, OPENS),
    click(ids.DRAFT_DISCARD, "1", AUTHOR, KEEPS),
    click(ids.DRAFT_AREA, "2:{climate}", AUTHOR, KEEPS),
    click(ids.DRAFT_UNIT, "2:{BDT}", AUTHOR, KEEPS),
    click(ids.DRAFT_HEALTH, "2:done", AUTHOR, KEEPS),
    click(ids.DRAFT_SEND, "2:{climate}", AUTHOR, KEEPS),
    Act("EVENTS", "message", REPORTERS, KEEPS, given="climate: at risk - venue", more=DM),
    Act("EVENTS", "message", CONTRIBUTORS, CHANGES, given="note climate Seen", more=DM),
    Act("EVENTS", "message", READERS, SHOWS, given="status", more=DM),
    Act(
        "EVENTS", "app_mention", REPORTERS, KEEPS, given="<@U0FOCAL> climate: at risk", more={"channel": "C0TASKFORCE"}
    ),
)

SPEAKING = SPEAKERS | {DEPUTY}
STEERING = SETTLERS | {DEPUTY, CHAIR, ACTING}
ESCALATING = SPEAKERS | {DEPUTY, SECRETARIAT}
PATIENT = SPEAKERS | {OWNER}
REFERRING = frozenset({SECRETARIAT, DEPUTY, CHAIR, ACTING})
CHAIRS = frozenset({CHAIR, ACTING})
VERDICT = {"outcome": "close", "text": "BDT pays"}

ISSUES: tuple[Act, ...] = (
    command("issue", READERS, SHOWS),
    command("issues", READERS, SHOWS),
    command("issue list", READERS, SHOWS),
    command("issue list", MEMBERS, SHOWS, "resources", told=frozenset({OUTSIDER})),
    command("issue show", READERS, SHOWS, "ISS-1"),
    command("issue show", MEMBERS, SHOWS, "ISS-4"),
    command("issue raise", CONTRIBUTORS, CHANGES, "climate Who decides?"),
    command("issue raise", CONTRIBUTORS, OPENS),
    command("issue comment", CONTRIBUTORS, CHANGES, "ISS-1 Seen"),
    command("issue comment", CONTRIBUTORS, CHANGES, "ISS-4 Seen"),
    command("issue position", SPEAKING, CHANGES, "ISS-1 agree"),
    command("issue assign", STEERING, CHANGES, "ISS-1 <@U0PIM>"),
    command("issue due", STEERING, CHANGES, "ISS-1 2026-12-18"),
    command(
        "issue quiet",
        frozenset({OWNER, SECRETARIAT, CHAIR, ACTING}),
        CHANGES,
        "ISS-1 until 2027-03-01 The host is closed",
    ),
    command("issue refer", REFERRING, CHANGES, "ISS-1"),
    command("issue escalate", ESCALATING, CHANGES, "ISS-1 Stuck"),
    command("issue resolve", SETTLERS, CHANGES, "ISS-1 Settled"),
    # Nothing closes an escalated issue but the chair's recorded decision.
    command("issue resolve", NOBODY, CHANGES, "ISS-2 Settled", told=READERS),
    command("issue object", CONTRIBUTORS, CHANGES, "ISS-2 Too early"),
    command("issue merge", SETTLERS, CHANGES, "ISS-1 into ISS-2"),
    command("issue merge", NOBODY, CHANGES, "ISS-2 into ISS-1", told=READERS),
    command("issue reopen", DECIDERS, CHANGES, "ISS-3 Not yet"),
    click(ids.ISSUE_OPEN, "{climate}", CONTRIBUTORS, OPENS),
    click(ids.ISSUE_ADD_TO, "2:1", AUTHOR, CHANGES),
    click(ids.ISSUE_ANYWAY, "2:{climate}", AUTHOR, CHANGES),
    click(ids.ISSUE_SHOW, "1", READERS, SHOWS),
    click(ids.ISSUE_SHOW, "4", MEMBERS, SHOWS),
    click(ids.ISSUE_COMMENT, "1", CONTRIBUTORS, OPENS),
    click(ids.ISSUE_COMMENT, "4", CONTRIBUTORS, OPENS),
    click(ids.ISSUE_POSITION, "1", SPEAKING, OPENS),
    click(ids.ISSUE_RESOLVE, "1", SETTLERS, OPENS),
    click(ids.ISSUE_MORE_TIME, "1", PATIENT, OPENS),
    click(ids.ISSUE_ESCALATE, "1", ESCALATING, CHANGES),
    click(ids.ISSUE_REOPEN, "3", DECIDERS, OPENS),
    click(ids.ISSUE_OBJECT, "2", CONTRIBUTORS, OPENS),
    form(ids.ISSUE_FORM, {}, {"title": "Who decides?", "area": "{climate}"}, CONTRIBUTORS),
    form(ids.ISSUE_FORM, {}, {"title": "Who decides?", "area": "{resources}"}, CONTRIBUTORS),
    form(ids.ISSUE_COMMENT_FORM, {"issue": "1"}, {"text": "Seen"}, CONTRIBUTORS),
    form(ids.ISSUE_COMMENT_FORM, {"issue": "4"}, {"text": "Seen"}, CONTRIBUTORS),
    form(ids.ISSUE_POSITION_FORM, {"issue": "1"}, {"stance": "object", "text": "Too dear"}, SPEAKING),
    form(ids.ISSUE_POSITION_FORM, {"issue": "1"}, {"stance": "agree", "text": "", "unit": "{TSB}"}, NOBODY),
    form(ids.ISSUE_ASSIGN_FORM, {"issue": "1"}, {"person": "U0PIM"}, STEERING),
    form(ids.ISSUE_DUE_FORM, {"issue": "1"}, {"due": {"selected_date": "2026-12-18"}}, STEERING),
    form(ids.ISSUE_RESOLVE_FORM, {"issue": "1"}, {"text": "Settled"}, SETTLERS),
    form(ids.ISSUE_OBJECT_FORM, {"issue": "2"}, {"text": "Too early"}, CONTRIBUTORS),
    form(ids.ISSUE_MORE_TIME_FORM, {"issue": "1"}, {"days_more": "2", "reason": "Host asked"}, PATIENT),
    form(ids.ISSUE_REOPEN_FORM, {"issue": "3"}, {"reason": "Not yet"}, DECIDERS),
    click(ids.ISSUE_ACKNOWLEDGE, "2", DECIDERS, CHANGES),
    click(ids.ISSUE_ACCEPT, "2", DECIDERS, CHANGES),
    click(ids.ISSUE_AGENDA, "2", REFERRING | DECIDERS, CHANGES),
    click(ids.ISSUE_DECIDE, "2", DECIDERS, OPENS),
    click(ids.ISSUE_ASK, "2", DECIDERS, OPENS),
    click(ids.ISSUE_DELEGATE, "2", CHAIRS, OPENS),
    form(ids.ISSUE_DECIDE_FORM, {"issue": "2", "round": "1"}, VERDICT, DECIDERS),
    # One delegation is for one issue: another one is the chair's, who may decide before it has climbed.
    form(ids.ISSUE_DECIDE_FORM, {"issue": "1"}, VERDICT, CHAIRS),
    form(ids.ISSUE_ASK_FORM, {"issue": "2"}, {"text": "How much?"}, DECIDERS),
    form(ids.ISSUE_DELEGATE_FORM, {"issue": "2"}, {"person": "U0PIM"}, CHAIRS),
    Act("SHORTCUTS", ids.RAISE_ISSUE, CONTRIBUTORS, OPENS, given="Who pays for the venue?"),
)
