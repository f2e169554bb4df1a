"""Which composer renders which kind of notice."""

from delivery import absences, brief, issues, meeting_boards, meetings, reminders, secretariat, updates
from delivery.composing import Composer
from models.delivery import NoticeKind

COMPOSERS: dict[NoticeKind, Composer] = {
    **updates.COMPOSERS,
    **reminders.COMPOSERS,
    **issues.COMPOSERS,
    **meetings.COMPOSERS,
    **meeting_boards.COMPOSERS,
    **secretariat.COMPOSERS,
    **absences.COMPOSERS,
    **brief.COMPOSERS,
}
