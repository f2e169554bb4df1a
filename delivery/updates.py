"""The words of what updates owe: the card of an area, the updates in its thread, and drafts."""

from delivery.composing import Composer, Letter, Moot
from models.delivery import NoticeKind
from models.updates import Draft, Update
from services.action_evidence import evidence_for
from services.area_cards import read_card
from services.cycles import current_cycle
from services.drafts import read_draft
from services.update_history import content_of
from views import cards, drafts
from views.blocks import Message


def compose_card(letter: Letter) -> Message | Moot:
    """Show an area in a cycle. Never moot: the replies of the cycle need it."""
    card = read_card(letter.session, area_id=letter.ref("area_id"), cycle=letter.ref("cycle"), now=letter.now)
    return cards.area_card(card, letter.who, letter.reader)


def compose_reply(letter: Letter) -> Message | Moot:
    """Show one update in the thread of its card."""
    update = letter.session.get_one(Update, letter.ref("update_id"))
    if update.withdrawn_at is not None and not letter.sent:
        return Moot("withdrawn before it was posted")
    changeable = update.cycle == current_cycle(letter.session, letter.now).opened_by
    content = content_of(letter.session, update)
    shows = [action.ref for action in evidence_for(letter.session, update)]
    return cards.update_reply(update, content, letter.who, letter.reader, changeable=changeable, shows=shows)


def compose_draft(letter: Letter) -> Message | Moot:
    """Show a draft to its writer, or what it became."""
    draft = letter.session.get_one(Draft, letter.ref("draft_id"))
    if draft.settled_at is None:
        return drafts.draft(read_draft(letter.session, draft, now=letter.now), letter.say)
    if not letter.sent:
        return Moot("settled before it was sent")
    update = letter.session.get(Update, draft.update_id) if draft.update_id else None
    return drafts.settled(update, letter.who, letter.say)


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.AREA_CARD: compose_card,
    NoticeKind.UPDATE_REPLY: compose_reply,
    NoticeKind.DRAFT: compose_draft,
}
