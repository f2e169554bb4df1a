"""Web API: who people are and when they rest (users.*, dnd.*, bots.*), and who is calling (auth.*)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from practice.arguments import Arguments
from practice.limits import Tier
from practice.pages import page
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace
from practice.world import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Person

MOST_AT_REST = 50
"""People of whom one call of dnd.teamInfo may ask."""


def describe_person(person: Person, now: datetime, *, include_locale: bool = False) -> Json:
    """Slack's user object; a deactivated person has no time zone, as in Slack."""
    described: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "deleted": person.deleted,
        "real_name": person.name,
        "profile": {
            "real_name": person.name,
            "real_name_normalized": person.name,
            "display_name": person.handle,
            "display_name_normalized": person.handle,
            "title": person.title,
            "status_text": person.status_text,
            "status_emoji": person.status_emoji,
            "status_expiration": 0,
            "team": person.team,
        },
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1735689600,
    }
    if person.deleted:
        return described
    offset = now.astimezone(ZoneInfo(person.tz)).utcoffset()
    described |= {
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": person.is_guest,
        "is_ultra_restricted": False,
    }
    return described | ({"locale": person.locale} if include_locale else {})


@method("auth.test", Tier.UNLIMITED, token="any")  # noqa: S106
def auth_test(workspace: Workspace, _: Arguments) -> Json:
    return {
        "url": f"https://{workspace.world.team_domain}.slack.com/",
        "team": workspace.world.team_name,
        "team_id": TEAM_ID,
        "user": workspace.world.people[BOT_USER].handle,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", Tier.UNLIMITED, token="app")  # noqa: S106
def open_connection(workspace: Workspace, _: Arguments) -> Json:
    address = workspace.url.replace("http://", "ws://", 1)
    return {"url": workspace.socket_mode.open_ticket(address)}


@method("api.test", Tier.FOUR, token="none")  # noqa: S106
def api_test(_: Workspace, arguments: Arguments) -> Json:
    given = {key: value for key, value in arguments.values.items() if key != "token"}
    if "error" in arguments:
        raise SlackError(arguments.text("error"), args=given)
    return {"args": given}


@method("bots.info", Tier.THREE, scope="users:read")
def bot_info(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.text("bot", BOT_ID) != BOT_ID:
        raise SlackError("bot_not_found")
    bot = {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER, "name": workspace.manifest.name, "deleted": False}
    return {"bot": bot | {"updated": 1735689600, "icons": {}}}


@method("users.list", Tier.TWO, scope="users:read")
def list_people(workspace: Workspace, arguments: Arguments) -> Json:
    people = sorted(workspace.world.people.values(), key=_identity)
    shown, cursor = page(people, arguments, default=1000, mark=_identity)
    locale = arguments.flag("include_locale")
    now = workspace.world.now()
    members = [describe_person(each, now, include_locale=locale) for each in shown]
    return {"members": members, "cache_ts": int(now.timestamp()), "response_metadata": cursor}


@method("users.info", Tier.FOUR, scope="users:read")
def person_info(workspace: Workspace, arguments: Arguments) -> Json:
    person = workspace.person(arguments.required("user", error="user_not_found"))
    locale = arguments.flag("include_locale")
    return {"user": describe_person(person, workspace.world.now(), include_locale=locale)}


def _identity(person: Person) -> str:
    return person.id


def _rest(person: Person) -> Json:
    start, end = person.dnd or (1, 1)
    return {"dnd_enabled": person.dnd is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


@method("dnd.info", Tier.THREE, scope="dnd:read")
def dnd_info(workspace: Workspace, arguments: Arguments) -> Json:
    person = workspace.person(arguments.text("user") or BOT_USER)
    return _rest(person) | {"snooze_enabled": False}


@method("dnd.teamInfo", Tier.TWO, scope="dnd:read")
def dnd_team(workspace: Workspace, arguments: Arguments) -> Json:
    wanted = [each.strip() for each in arguments.required("users", error="no_users_provided").split(",")]
    if len(wanted) > MOST_AT_REST:
        raise SlackError("too_many_users")
    return {"users": {user: _rest(workspace.person(user)) for user in wanted}}
