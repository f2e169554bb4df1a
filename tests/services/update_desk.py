"""What tests of updates do with a loaded task force: who acts, when, and what stands afterwards."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from foundation.database import Database
from foundation.errors import Refusal
from foundation.language import language
from models.delivery import Notice, NoticeKind
from models.meetings import Meeting
from models.people import Person
from models.updates import Health, Update
from services.directory import directory
from services.updates import confirm_update, file_update

Result = TypeVar("Result")

START = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class UpdateDesk:
    """One database, in which people act by their Slack ids."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def act(self, service: Callable[..., Result], actor: str, now: datetime = START, **given: Any) -> Result:
        """Let somebody do something. Areas, units and people are given by key or Slack id."""
        with self.database.transaction() as session:
            return service(session, actor=self._person(session, actor), now=now, **self._known(session, given))

    def refused(self, service: Callable[..., object], actor: str, now: datetime = START, **given: Any) -> Refusal:
        """Return the refusal that somebody gets."""
        try:
            self.act(service, actor, now, **given)
        except Refusal as refusal:
            return refusal
        raise AssertionError("it was not refused")

    def said(self, refusal: Refusal) -> str:
        return refusal.plain(language("en"))

    def filed(self, actor: str, now: datetime = START, **given: Any) -> Update:
        about = {"area": "climate", "health": Health.AT_RISK, "changed": "Venue not confirmed", **given}
        return self.act(file_update, actor, now, **about)

    def confirmed(self, actor: str, now: datetime, area: str = "climate") -> Update:
        return self.act(confirm_update, actor, now, area=area)

    def meeting(self, starts_at: datetime) -> int:
        """Write a meeting down, with its deadline a day before."""
        with self.database.transaction() as session:
            made = Meeting(
                title="ISC-TF", local_start="2026-12-03T14:30", timezone="UTC", starts_at=starts_at,
                deadline_at=starts_at - DAY, created_by_id=self._person(session, "U0SEC").id or 0, created_at=START,
            )  # fmt: skip
            session.add(made)
            session.flush()
            return made.id or 0

    def all(self, table: type[Result], *where: Any) -> list[Result]:
        with self.database.reading() as session:
            return list(session.exec(select(table).where(*where)))

    def notices(self, kind: NoticeKind) -> list[Notice]:
        return self.all(Notice, col(Notice.kind) == kind)

    def _known(self, session: Session, given: dict[str, Any]) -> dict[str, Any]:
        who = directory(session)
        find: dict[str, Callable[[str], object]] = {
            "area": who.area_by_key, "unit": who.unit_by_key, "on_behalf": who.by_slack_id,
        }  # fmt: skip
        return {name: find[name](value) if name in find and value else value for name, value in given.items()}

    def _person(self, session: Session, slack_id: str) -> Person:
        return directory(session).by_slack_id(slack_id) or Person(slack_id=slack_id, name=slack_id)
