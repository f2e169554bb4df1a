"""The words for why a step of a ladder comes when it comes."""

from foundation.language import Day, Language, Listing
from services.ladder_reasons import Reckoning
from views.durations import duration_words


def reckoning_words(say: Language, counted: Reckoning) -> str:
    """Say what a step is counted from, and what delays it or brings it nearer (mrkdwn)."""
    if counted.due is not None:
        return say.m("the due date, {day}, comes first", day=Day(counted.due))
    place = counted.office or say.place(counted.hours.zone)
    parts = [_waited(say, counted, place)]
    if counted.begins_at is not None:
        begins = say.near(counted.begins_at, counted.hours.zone)
        parts.append(say.m("counted from {when}, when work began in {place}", when=begins, place=place))
    if counted.holidays:
        names = [counted.hours.holidays.name(day, say.code) or say.short_day(day) for day in counted.holidays]
        parts.append(say.m("not counting {days}", days=Listing(tuple(names))))
    if counted.more_days:
        parts.append(say.mn("put off by {n} working day", "put off by {n} working days", counted.more_days))
    return "; ".join(parts)


def _waited(say: Language, counted: Reckoning, place: str) -> str:
    wait = duration_words(say, counted.after)
    if counted.after.unit == "wd":
        wait = say.tn("{n} working day in {place}", "{n} working days in {place}", counted.after.amount, place=place)
    if counted.again:
        return say.m("{wait} after it came back", wait=wait)
    return say.m("{wait} after it was raised", wait=wait)
