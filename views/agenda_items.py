"""What is said of one item of an agenda: its name, why it stands there, who presents it, and for how long."""

from foundation.language import Day, Language, Listing, Names, Reader
from models.agenda import ItemKind
from services.agenda import Agenda
from services.agenda_entries import Entry, is_referred
from services.directory import Directory
from views.texts import excerpt

TITLE, NAME = 160, 80
DOT = " · "


def entry_title(entry: Entry, say: Language) -> str:
    """Name an item in one line of mrkdwn."""
    if entry.kind is ItemKind.ISSUE and entry.issue is not None:
        return say.m("*{ref}* {title}", ref=entry.issue.ref, title=excerpt(entry.issue.title, TITLE))
    if entry.kind is ItemKind.AREA and entry.area is not None:
        return say.m("*{area}*", area=Names(entry.area.name))
    if entry.kind is ItemKind.ACTIONS:
        return say.m("*Actions due*")
    if entry.kind is ItemKind.PROPOSED and entry.row is not None:
        return say.m("*{title}*", title=excerpt(entry.row.title, TITLE))
    return say.m("*{item}*", item=Names(entry.names))


def entry_details(entry: Entry, agenda: Agenda, who: Directory, reader: Reader) -> str:
    """Say why an item stands here, who presents it, and how long it may take."""
    say = reader.language
    told = _why(entry, agenda, who, reader)
    if entry.carried_from is not None:
        told.append(say.m("carried over from {meeting}", meeting=f"MTG-{entry.carried_from}"))
    if entry.row is not None and entry.row.presenter_id is not None:
        told.append(say.m("presented by {name}", name=excerpt(who.name_of(entry.row.presenter_id), NAME)))
    if entry.minutes is not None:
        told.append(say.mn("{n} minute", "{n} minutes", entry.minutes))
    return DOT.join(told)


def _why(entry: Entry, agenda: Agenda, who: Directory, reader: Reader) -> list[str]:
    say = reader.language
    if entry.kind is ItemKind.ISSUE and entry.issue is not None:
        referred = [say.mc("an issue", "referred")] if is_referred(entry.issue, agenda.moment) else []
        marked = [say.mc("an issue", "escalated")] if entry.escalated else referred
        due = [say.m("due {day}", day=Day(entry.issue.due))] if entry.issue.due else []
        area = [say.m("{area}", area=Names(entry.area.name))] if entry.area else []
        return [say.mc("an agenda item", "issue"), *marked, *area, *due]
    if entry.kind is ItemKind.AREA:
        new = [say.m("something new from {units}", units=Listing(entry.units))] if entry.units else []
        return [say.mc("an agenda item", "area"), *new]
    if entry.kind is ItemKind.ACTIONS:
        return _actions(entry, agenda, reader)
    if entry.kind is ItemKind.PROPOSED and entry.row is not None:
        return [say.m("proposed by {name}", name=excerpt(who.name_of(entry.row.proposed_by_id), NAME))]
    return [say.mc("an agenda item", "standing item")]


def _actions(entry: Entry, agenda: Agenda, reader: Reader) -> list[str]:
    say, today = reader.language, reader.local_day(agenda.moment)
    if not entry.actions:
        return []
    overdue = sum(action.due < today for action in entry.actions)
    late = [say.mn("{n} overdue", "{n} overdue", overdue)] if overdue else []
    return [say.mn("{n} action", "{n} actions", len(entry.actions)), *late]
