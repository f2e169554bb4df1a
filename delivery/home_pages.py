"""One person's App Home, rendered for the publisher as things stand."""

from datetime import datetime

from sqlmodel import Session

from models.people import Person
from services.desk import read_home
from services.directory import directory
from views import home as views
from views.blocks import Block


def compose_home(session: Session, person: Person, now: datetime) -> Block:
    """Render desk and board for a person, in their language and zone."""
    who = directory(session)
    return views.home(read_home(session, person, now=now), who, who.reader(person))
