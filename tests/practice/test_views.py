"""Opening, stacking, changing and publishing views, as an app may and may not."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from practice.server import PracticeServer
from tests.practice.test_strictness import plain, refusal
from tests.slack_world import SlackWorld


def modal(title: str = "Form", **parts: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain(title), "blocks": [], **parts}


def trigger(slack: SlackWorld, user: str = "U0AMA") -> str:
    return slack.do(lambda workspace: workspace.triggers.issue(user))


@pytest.fixture
def opened(slack: SlackWorld, client: WebClient) -> dict[str, Any]:
    view: dict[str, Any] = client.views_open(trigger_id=trigger(slack), view=modal("1"))["view"]
    return view


def test_three_views_are_stacked_and_no_fourth(slack: SlackWorld, client: WebClient, opened: dict[str, Any]) -> None:
    second = client.views_push(trigger_id=trigger(slack), view=modal("2"))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (opened["id"], opened["id"])
    third = client.views_push(trigger_id=trigger(slack), view=modal("3"))["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (opened["id"], second["id"])
    refused = refusal(lambda: client.views_push(trigger_id=trigger(slack), view=modal("4")))
    assert refused == "push_limit_reached"
    slack.player("U0AMA").close()
    assert slack.player("U0AMA").modal == second


def test_nothing_is_pushed_onto_no_view(slack: SlackWorld, client: WebClient) -> None:
    assert refusal(lambda: client.views_push(trigger_id=trigger(slack), view=modal())) == "not_found"


def test_a_view_opens_before_the_person_who_acted(slack: SlackWorld, opened: dict[str, Any]) -> None:
    assert slack.player("U0AMA").modal == opened
    assert slack.player("U0BO").modal is None


def test_a_closed_view_takes_no_update(slack: SlackWorld, client: WebClient, opened: dict[str, Any]) -> None:
    slack.player("U0AMA").close()
    assert refusal(lambda: client.views_update(view_id=opened["id"], view=modal())) == "not_found"
    assert refusal(lambda: client.api_call("views.update", json={"view": modal()})) == "invalid_arguments"


def test_an_update_with_an_old_hash_changes_nothing(
    slack: SlackWorld, client: WebClient, opened: dict[str, Any]
) -> None:
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("2"))
    refused = refusal(lambda: client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("3")))
    assert refused == "hash_conflict"
    client.views_update(view_id=opened["id"], view=modal("4"))
    seen = slack.player("U0AMA").modal
    assert seen is not None
    assert seen["title"]["text"] == "4"


def test_a_view_stays_of_its_kind(client: WebClient, opened: dict[str, Any]) -> None:
    home = {"type": "home", "blocks": []}
    assert refusal(lambda: client.views_update(view_id=opened["id"], view=home)) == "invalid_arguments"
    assert refusal(lambda: client.views_publish(user_id="U0AMA", view=modal())) == "invalid_arguments"


def test_an_apps_own_name_for_a_view_finds_it_and_is_taken(slack: SlackWorld, client: WebClient) -> None:
    view = modal(external_id="mine")
    client.views_open(trigger_id=trigger(slack), view=view)
    assert client.views_update(external_id="mine", view=view)["ok"]
    refused = refusal(lambda: client.views_open(trigger_id=trigger(slack, "U0BO"), view=view))
    assert refused == "duplicate_external_id"
    slack.player("U0AMA").close()
    assert client.views_open(trigger_id=trigger(slack, "U0BO"), view=view)["ok"]


def test_a_home_published_with_an_old_hash_is_refused(client: WebClient) -> None:
    home = {"type": "home", "blocks": []}
    first = client.views_publish(user_id="U0AMA", view=home)["view"]["hash"]
    client.views_publish(user_id="U0AMA", view=home, hash=first)
    assert refusal(lambda: client.views_publish(user_id="U0AMA", view=home, hash=first)) == "hash_conflict"
    assert refusal(lambda: client.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"


def test_an_app_without_a_home_publishes_none() -> None:
    manifest = {"display_information": {"name": "Plain"}, "features": {"bot_user": {"display_name": "Plain"}}}
    with SlackWorld(manifest=manifest) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        home = {"type": "home", "blocks": []}
        assert refusal(lambda: client.views_publish(user_id="U0AMA", view=home)) == "not_enabled"


def test_a_trigger_is_good_for_three_seconds() -> None:
    with PracticeServer() as server:
        assert server.workspace.triggers.seconds == 3.0


def test_a_response_url_is_good_for_half_an_hour(slack: SlackWorld) -> None:
    url = slack.do(lambda workspace: workspace.response_url("U0AMA", "C0GENERAL"))

    def grow_old(seconds: float) -> None:
        def change(workspace: Any) -> None:
            workspace.world.response_urls[url.rpartition("/")[2]]["issued_at"] -= seconds

        slack.do(change)

    grow_old(29 * 60)
    assert WebhookClient(url).send(text="in time").status_code == 200
    grow_old(61)
    late = WebhookClient(url).send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


def test_a_response_url_speaks_in_the_channel_and_replaces_and_deletes(slack: SlackWorld) -> None:
    url = slack.do(lambda workspace: workspace.response_url("U0AMA", "C0GENERAL"))
    assert WebhookClient(url).send(text="to all", response_type="in_channel").status_code == 200
    message = slack.posts("general")[-1]
    assert message["text"] == "to all"
    assert slack.player("U0AMA").ephemerals() == []
    of_message = slack.do(lambda workspace: workspace.response_url("U0AMA", "C0GENERAL", message=message))
    WebhookClient(of_message).send(text="another", replace_original=True)
    assert [each["text"] for each in slack.posts("general")] == ["another"]
    WebhookClient(of_message).send(delete_original=True)
    assert slack.posts("general") == []
