"""What a workspace's administrator does: people come, change and leave; channels are archived."""

from practice.api_people import describe_person
from practice.workspace import Workspace
from practice.world import BOT_USER, Person


def change_person(workspace: Workspace, user: str, **changes: object) -> None:
    """Set fields of a person (`tz`, `locale`, `deleted`, `status_text`, `dnd`, …); the app hears of it."""
    person = workspace.person(user)
    for name, value in changes.items():
        if name not in Person.__dataclass_fields__:
            raise AttributeError(name)
        setattr(person, name, value)
    described = describe_person(person, workspace.world.now(), include_locale=True)
    workspace.events.person_changed(described)
    workspace.live.tell_all({"type": "channels"})
    workspace.keep()


def add_person(workspace: Workspace, person: Person) -> None:
    workspace.world.people[person.id] = person
    workspace.world.direct(person.id)
    described = describe_person(person, workspace.world.now(), include_locale=True)
    workspace.events.person_joined(described)
    workspace.live.tell_all({"type": "channels"})
    workspace.keep()


def archive(workspace: Workspace, channel: str, *, archived: bool = True) -> None:
    workspace.world.channels[channel].archived = archived
    workspace.live.tell_all({"type": "channels"})
    workspace.keep()


def remove_bot(workspace: Workspace, channel: str) -> None:
    members = workspace.world.channels[channel].members
    if BOT_USER in members:
        members.remove(BOT_USER)
    workspace.keep()
