"""Only this computer's programs and the workspace's own page reach the workspace."""

import json
from http.client import HTTPConnection

import pytest
from slack_sdk import WebClient

from tests.slack_world import SlackWorld

FOREIGN: list[dict[str, str]] = [
    {"Host": "evil.example"},
    {"Host": "evil.example:80"},
    {"Host": "127.0.0.1.evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status(slack: SlackWorld, method: str, path: str, headers: dict[str, str], body: str | None = None) -> int:
    connection = HTTPConnection("127.0.0.1", int(slack.url.rpartition(":")[2]), timeout=30)
    connection.request(method, path, body, {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    connection.close()
    assert "Access-Control-Allow-Origin" not in answer.headers
    return answer.status


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/practice/overview?as=U0AMA"),
        ("POST", "/practice/send"),
        ("POST", "/practice/reset"),
        ("GET", "/practice/live?as=U0AMA"),
        ("POST", "/api/auth.test"),
        ("OPTIONS", "/api/auth.test"),
        ("POST", "/respond/0123"),
        ("GET", "/page/app.js"),
    ],
)
def test_another_sites_page_is_refused_wherever_it_knocks(
    slack: SlackWorld, method: str, path: str, headers: dict[str, str]
) -> None:
    body = json.dumps({"as": "U0AMA", "channel": "C0TASKFORCE", "text": "forged"}) if method == "POST" else None
    assert status(slack, method, path, headers, body) == 403
    assert slack.posts("isc-tf") == []


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_opens_no_web_socket(slack: SlackWorld, headers: dict[str, str]) -> None:
    address = WebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["url"]
    path = "/" + str(address).partition("//")[2].partition("/")[2]
    assert status(slack, "GET", path, UPGRADE | headers) == 403
    assert status(slack, "GET", "/practice/live?as=U0AMA", UPGRADE | headers) == 403
    assert status(slack, "GET", path, UPGRADE) == 101


def test_a_link_on_another_site_may_open_the_front_page(slack: SlackWorld) -> None:
    assert status(slack, "GET", "/", {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}) == 200
    assert status(slack, "GET", "/", {"Host": "evil.example"}) == 403


def test_a_form_of_a_page_is_no_act(slack: SlackWorld) -> None:
    assert status(slack, "POST", "/practice/reset", {"Content-Type": "text/plain"}, "{}") == 415


def test_no_other_address_of_this_machine_is_listened_on(slack: SlackWorld) -> None:
    addresses = slack.do(lambda _: slack.server._runner.addresses)
    assert [address[0] for address in addresses] == ["127.0.0.1"]
