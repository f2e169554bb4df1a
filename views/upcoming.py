"""What happens next and why, a sentence each: for who watches the clock of a practice workspace."""

from foundation.language import Language
from models.reminders import ReminderKind
from services.upcoming import Upcoming
from views.issue_words import those
from views.reminder_reasons import reason_words


def upcoming_words(comes: Upcoming, say: Language) -> str:
    """Say what will happen, to whom, and why then (plain text)."""
    match comes.kind:
        case "reminder":
            return _reminder(comes, say)
        case "escalation":
            return say.t("{issue} goes to {whom}: nobody has settled it", issue=comes.about, whom=those(comes.to))
        case "deadline":
            return say.t("Updates for {meeting} are due", meeting=comes.about)
        case _:
            return say.t("{meeting} begins", meeting=comes.about)


def _reminder(comes: Upcoming, say: Language) -> str:
    about = {"person": comes.person, "about": comes.about}
    match comes.of:
        case ReminderKind.LADDER:
            text = say.t("{person} hears that {about} has reached them", **about)
        case ReminderKind.ANNOUNCED:
            text = say.t("{person} hears that {about} is about to pass them", **about)
        case ReminderKind.DUE:
            text = say.t("{person} is reminded of {about}, which they own", **about)
        case _:
            text = say.t("{person} is reminded of updates owed for {about}", **about)
    reason = reason_words(say, comes.why) if comes.why is not None else ""
    return say.t("{what} ({reason})", what=text, reason=reason) if reason else text
