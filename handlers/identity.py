"""Who is acting: the person Slack names, looked up in the records, asked of Slack when they are new or long unseen."""

from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session

from foundation.language import Reader, language
from handlers.request import Office
from models.people import Person
from services.directory import directory, person_of
from services.membership import FRESH, learned


def identify(office: Office, session: Session, slack_id: str) -> tuple[Person, Reader]:
    """Return who is acting and how they read. Strangers are asked of Slack: whether they are guests, their language.

    Raises `Refusal` when no task force is set up.
    """
    who = directory(session)
    person = person_of(session, slack_id)
    if person is None or (not person.member and _stale(office, person)):
        person = _meet(office, slack_id, person)
    return person, who.reader(person)


def profile_of(office: Office, slack_id: str) -> dict[str, Any]:
    """Ask Slack who somebody is. Raises what Slack's client raises."""
    profile = office.slack.users_info(user=slack_id, include_locale=True)["user"]
    return seen_from(profile, office.slack.auth_test()["team_id"])


def seen_from(profile: dict[str, Any], home: str | None) -> dict[str, Any]:
    """Return a profile as this workspace has to take it: who comes from another one, by a shared channel, is a guest.

    Slack's own `is_stranger` is false for them as soon as the bot is in the shared channel.
    """
    theirs = {profile.get("team_id"), *(profile.get("enterprise_user") or {}).get("teams", ())}
    at_home = profile.get("team_id") is None or home is None or home in theirs
    return profile if at_home else {**profile, "is_stranger": True}


def stranger_reader(locale: str | None = None) -> Reader:
    """Return a reader for whoever cannot be looked up."""
    return Reader(language(locale), "UTC")


def _stale(office: Office, person: Person) -> bool:
    return person.seen_at is None or office.clock.now() - person.seen_at > FRESH


def _meet(office: Office, slack_id: str, known: Person | None) -> Person:
    try:
        profile = profile_of(office, slack_id)
    except (SlackApiError, SlackClientError, OSError):
        # Slack cannot say who this is. A stranger of unknown standing is treated as a guest, for this once.
        return known or Person(slack_id=slack_id, name=slack_id, guest=True)
    with office.database.transaction() as session:
        return learned(session, slack_id, profile, office.clock.now())
