"""The table of rights: a meeting while it is held, and its minutes."""

from tests.security.act import Act, Does, click, command, form
from tests.security.people import ACTING, CHAIR, FOCAL, MANAGERS, MEMBERS, READERS
from views import ids

CHANGES, OPENS, SHOWS = Does.CHANGES, Does.OPENS, Does.SHOWS
CHAIRS = frozenset({CHAIR, ACTING})
"""MTG-1 began days ago and was never closed: only they still record a decision of it."""
ITEM = {"item": "{in_hand}"}

MEETING_HELD: tuple[Act, ...] = (
    command("meeting show", READERS, SHOWS, "MTG-1"),
    click(ids.PRESENT_ROOM, "1", MEMBERS - {FOCAL}, CHANGES, told=frozenset({FOCAL})),
    click(ids.PRESENT_REMOTE, "1", MEMBERS, CHANGES),
    click(ids.PRESENT_NOT, "1", frozenset({FOCAL}), CHANGES, told=MEMBERS),
    command("meeting attend", MEMBERS - {FOCAL}, CHANGES, "MTG-1 room", told=frozenset({FOCAL})),
    command("meeting attend", MANAGERS, CHANGES, "MTG-1 <@U0BO> remote"),
    click(ids.PRESENT_ADD, "1", MANAGERS, OPENS),
    form(ids.PRESENT_FORM, {"meeting": "1"}, {"person": "U0BO", "presence": "remote"}, MANAGERS),
    click(ids.FLOOR_NEXT, "1:{in_hand}", MANAGERS, CHANGES),
    click(ids.FLOOR_ITEM, "take:{to_come}", MANAGERS, CHANGES),
    click(ids.FLOOR_ITEM, "decide:{to_come}", CHAIRS, OPENS),
    click(ids.FLOOR_ITEM, "refer:{to_come}", MANAGERS, OPENS),
    click(ids.FLOOR_ITEM, "defer:{to_come}", MANAGERS, CHANGES),
    click(ids.FLOOR_ITEM, "discussed:{to_come}", MANAGERS, CHANGES),
    click(ids.FLOOR_DECIDE, "{in_hand}", CHAIRS, OPENS),
    click(ids.FLOOR_REFER, "{in_hand}", MANAGERS, OPENS),
    click(ids.FLOOR_DEFER, "{in_hand}", MANAGERS, CHANGES),
    click(ids.FLOOR_DISCUSSED, "{in_hand}", MANAGERS, CHANGES),
    click(ids.FLOOR_ACTION, "{in_hand}", MANAGERS, OPENS),
    form(ids.FLOOR_DECIDE_FORM, ITEM, {"text": "All pay", "owner": "U0OWNER"}, CHAIRS),
    form(ids.FLOOR_REFER_FORM, ITEM, {"text": "To TSB"}, MANAGERS),
    form(ids.FLOOR_ACTION_FORM, ITEM, {"text": "Write to the host", "owner": "U0OWNER"}, MANAGERS),
)

MINUTES: tuple[Act, ...] = (
    command("meeting minutes", READERS, SHOWS, "MTG-1"),
    command("meeting minutes", READERS, SHOWS, "MTG-{closed}"),
    command("meeting correct", MANAGERS, CHANGES, "MTG-{closed} It was unanimous"),
    command("meeting correct", MANAGERS, OPENS, "MTG-{closed}"),
    click(ids.MEETING_CARRY, "1", MANAGERS, CHANGES),
    click(ids.MINUTES_OPEN, "1", READERS, SHOWS),
    click(ids.MINUTES_PRINT, "1", READERS, Does.KEEPS),
    click(ids.MINUTES_CORRECT, "{in_hand}", MANAGERS, OPENS),
    form(ids.MINUTES_CORRECT_FORM, ITEM, {"text": "All agreed"}, MANAGERS),
    click(ids.ADDENDUM_OPEN, "{closed}", MANAGERS, OPENS),
    form(ids.ADDENDUM_FORM, {"meeting": "{closed}"}, {"text": "It was unanimous"}, MANAGERS),
)
