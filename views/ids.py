"""Every action, form, field and shortcut by name, once: `subject.verb`, never renamed, because old buttons live on.

A button carries in `value` only which record it is about; who may act is asked anew at every click.
"""

# -- shortcuts (fixed words of the manifest) -----------------------------------------------------------------
POST_UPDATE, USE_AS_UPDATE, RAISE_ISSUE = "post_update", "use_as_update", "raise_issue"

# -- updates -------------------------------------------------------------------------------------------------
UPDATE_FORM = "update.form"
UPDATE_OPEN = "update.open"
"""Open the update form; value `area_id:unit_id` or empty."""
UPDATE_CONFIRM = "update.confirm"
"""No change; value `area_id:unit_id:meeting_id:person_id` (on whose behalf); all but the area may be empty."""
UPDATE_EDIT, UPDATE_WITHDRAW = "update.edit", "update.withdraw"
"""value: update id"""
UPDATE_SETTLE = "update.settle"
"""Overflow of an update in the channel: `edit:ID` or `withdraw:ID`."""
DRAFT_POST, DRAFT_EDIT, DRAFT_DISCARD = "draft.post", "draft.edit", "draft.discard"
"""value: draft id"""
DRAFT_SHOW = "draft.show"
"""Make a draft of what was no command after all; value: draft id."""
DRAFT_AREA, DRAFT_UNIT, DRAFT_HEALTH = "draft.area", "draft.unit", "draft.health"
"""Selects; an option's value is `draft_id:area_id`, `draft_id:unit_id`, `draft_id:health`."""
DRAFT_SEND = "draft.send"
"""The area that a command meant, chosen by a button: it posts as the command would have; value `draft_id:area_id`."""
NOTE_SEND = "note.send"
"""The area that a note meant, chosen by a button; value `draft_id:area_id`."""
AREA, UNIT, HEALTH, CHANGED, NEXT, HELP, FOR_WHOM = "area", "unit", "health", "changed", "next", "help", "for_whom"

# -- asking --------------------------------------------------------------------------------------------------
SHARE_HERE = "answer.share"
"""value: `board:` or `area:3`, with the moment shown where it is past: `area:3@2026-05-12T22:00:00+00:00`"""
BOARD_OPEN, AREA_OPEN, DESK_OPEN = "board.open", "area.open", "desk.open"
PAGE_TURN, PAGE_BACK = "page.turn", "page.back"
"""The next page or something else to look at, and the page before; value `page:kind:about`."""
SETTINGS_FORM, SETTINGS_OPEN = "settings.form", "settings.open"
LANGUAGE, ZONE, HOURS_FROM, HOURS_TO, DAYS = "language", "zone", "hours_from", "hours_to", "days"

# -- reminders and absence -----------------------------------------------------------------------------------
SNOOZE = "reminder.snooze"
"""Select; the option's value is `1h`, `tomorrow` or `2d`, with the meeting's id: `1h:21`."""
AWAY_OPEN, AWAY_FORM, AWAY_CANCEL = "away.open", "away.form", "away.cancel"
AWAY_FROM, AWAY_TO, AWAY_ALTERNATE, AWAY_WHO = "away_from", "away_to", "away_alternate", "away_who"
NOT_MINE_OPEN, NOT_MINE_FORM = "not_mine.open", "not_mine.form"
REASON, PERSON = "reason", "person"
PLAN_BACK, PLAN_ON = "reminder.plan_back", "reminder.plan_on"
"""Another page of the plan; value `meeting_id:page`."""
REASSIGN_OPEN, REASSIGN_FORM, REASSIGN_ALL = "seat.reassign", "seat.reassign_form", "seat.reassign_all"
"""values: of the first the seat's id, of the last the id of the person who left."""
REASSIGN_ALL_FORM = "seat.reassign_all_form"

# -- issues --------------------------------------------------------------------------------------------------
ISSUE_FORM, ISSUE_OPEN, ISSUE_SHOW = "issue.form", "issue.open", "issue.show"
ISSUE_RESOLVE, ISSUE_RESOLVE_FORM = "issue.resolve", "issue.resolve_form"
ISSUE_COMMENT, ISSUE_COMMENT_FORM = "issue.comment", "issue.comment_form"
ISSUE_POSITION, ISSUE_POSITION_FORM = "issue.position", "issue.position_form"
ISSUE_MORE_TIME, ISSUE_MORE_TIME_FORM = "issue.more_time", "issue.more_time_form"
ISSUE_ESCALATE = "issue.escalate"
ISSUE_ACKNOWLEDGE, ISSUE_ACCEPT, ISSUE_AGENDA = "issue.acknowledge", "issue.accept", "issue.agenda"
ISSUE_DECIDE, ISSUE_DECIDE_FORM = "issue.decide", "issue.decide_form"
ISSUE_ASK, ISSUE_ASK_FORM = "issue.ask", "issue.ask_form"
ISSUE_DELEGATE, ISSUE_DELEGATE_FORM = "issue.delegate", "issue.delegate_form"
ISSUE_REOPEN, ISSUE_REOPEN_FORM = "issue.reopen", "issue.reopen_form"
ISSUE_OBJECT, ISSUE_OBJECT_FORM = "issue.object", "issue.object_form"
ISSUE_ASSIGN_FORM, ISSUE_DUE_FORM = "issue.assign_form", "issue.due_form"
ISSUE_ADD_TO, ISSUE_ANYWAY = "issue.add_to", "issue.raise_anyway"
"""What was typed is like another issue. Values `draft_id:issue_id` and `draft_id:area_id` (empty: no area)."""
ACTION_DONE, ACTION_DONE_FORM = "action.done", "action.done_form"
TITLE, DESCRIPTION, PROPOSAL, DUE, SEVERITY = "title", "description", "proposal", "due", "severity"
ALIKE, ANYWAY = "alike", "anyway"
"""The field that asks about issues much like the new one: the id of one of them, or `anyway`."""
TEXT, STANCE, DAYS_MORE, OUTCOME, OWNER, EVIDENCE = "text", "stance", "days_more", "outcome", "owner", "evidence"

# -- meetings ------------------------------------------------------------------------------------------------
MEETING_FORM, MEETING_OPEN, MEETING_UNDO, MEETING_SHOW = "meeting.form", "meeting.open", "meeting.undo", "meeting.show"
MEETING_DAY, MEETING_TIME, MEETING_ZONE, MEETING_TITLE = "meeting_day", "meeting_time", "meeting_zone", "meeting_title"
MEETING_PLACE, MEETING_LINK = "meeting_place", "meeting_link"

# -- decisions and actions -----------------------------------------------------------------------------------
DECISION_SHOW, DECISION_FORM = "decision.show", "decision.form"
ACTION_SHOW, ACTION_OPEN, ACTION_FORM = "action.show", "action.open", "action.form"
"""value of the second: the decision because of which somebody is given something to do, or nothing."""
ACTION_ASSIGN, ACTION_ASSIGN_FORM = "action.assign", "action.assign_form"
ACTION_DUE, ACTION_DUE_FORM = "action.due", "action.due_form"
BY_UPDATE = "update"
"""The field that names a status update as evidence."""

# -- people of the workspace, chosen or typed ----------------------------------------------------------------
NOTHING = "nothing"
"""A control that only shows: its click needs no answer (link buttons)."""
