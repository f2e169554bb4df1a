"""The settings: from the environment and `.env`, each checked, none secret told."""

import re
from pathlib import Path

import pytest

from foundation.settings import Settings, SettingsError, read_settings

EXAMPLE = Path(__file__).resolve().parent.parent / ".env.example"
NOTHING = Path("no such file")


def settings_of(**environ: str) -> Settings:
    return read_settings(environ, NOTHING)


def problems_of(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        settings_of(**environ)
    return refused.value.problems


def test_the_example_names_every_setting_with_its_default(tmp_path: Path) -> None:
    text = re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / ".env").write_text(text, "utf-8")
    assert read_settings({}, tmp_path / ".env") == settings_of()


def test_the_example_names_the_settings_that_exist_and_no_other() -> None:
    source = (EXAMPLE.parent / "foundation" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'source\.\w+\("([A-Z_]+)"', source))
    secrets = {f"{name}_FILE" for name in re.findall(r'source\.(?:secret|database_url)\("([A-Z_]+)"', source)}
    named = re.findall(r"^#([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(read | secrets)
    assert len(read) == len(Settings.__dataclass_fields__)


def test_without_any_setting_focal_runs_on_sqlite_with_socket_mode_and_without_tokens() -> None:
    settings = settings_of()
    assert (settings.transport, settings.database_url) == ("socket", "sqlite:///data/focal.db")
    assert settings.tick_seconds == 15
    assert not settings.has_tokens


def test_the_environment_wins_over_the_file_even_with_nothing(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nTICK_SECONDS=20\n", "utf-8")
    settings = read_settings({"SLACK_BOT_TOKEN": "", "TICK_SECONDS": "30"}, tmp_path / ".env")
    assert (settings.bot_token, settings.app_token, settings.tick_seconds) == (None, "xapp-1", 30)


def test_a_secret_may_be_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-in-a-file\n", "utf-8")
    assert settings_of(SLACK_BOT_TOKEN_FILE=str(tmp_path / "token")).bot_token == "xoxb-in-a-file"


def test_the_databases_address_may_be_in_a_file_because_a_password_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql+psycopg://focal:hidden@database/focal\n", "utf-8")
    settings = settings_of(DATABASE_URL="", DATABASE_URL_FILE=str(tmp_path / "url"))
    assert settings.database_url == "postgresql+psycopg://focal:hidden@database/focal"
    assert "both set" in problems_of(DATABASE_URL="sqlite:///x.db", DATABASE_URL_FILE=str(tmp_path / "url"))[0]


def test_a_secret_file_of_the_environment_wins_over_the_secret_in_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n", "utf-8")
    (tmp_path / "token").write_text("xoxb-2", "utf-8")
    settings = read_settings({"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token")}, tmp_path / ".env")
    assert settings.bot_token == "xoxb-2"


def test_secrets_never_show() -> None:
    shown = repr(
        settings_of(
            SLACK_BOT_TOKEN="xoxb-hidden", SLACK_APP_TOKEN="xapp-hidden", SLACK_SIGNING_SECRET="hidden",
            DATABASE_URL="postgresql+psycopg://focal:hidden@db/focal", HTTPS_PROXY="http://me:hidden@proxy:1",
        )
    )  # fmt: skip
    assert "hidden" not in shown


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SLACK_BOT_TOKEN", "xapp-wrong", "begins with xoxb-"),
        ("SLACK_APP_TOKEN", "xapp-a b", "a blank or an unusual character"),
        ("SLACK_SIGNING_SECRET_FILE", "/no/such/file", "cannot be read"),
        ("SLACK_API_URL", "slack.com", "expected an address"),
        ("SLACK_API_URL", "http://slack.com/api/", "expected https://"),
        ("SLACK_API_URL", "http://127.0.0.1:99999/api/", "expected an address"),
        ("TRANSPORT", "carrier pigeon", "expected socket or http"),
        ("DATABASE_URL", "postgresql+psycopg://me@host:port/focal", "expected sqlite:///FILE or postgresql+psycopg://"),
        ("DATABASE_URL", "mysql://focal", "expected sqlite:///FILE or postgresql+psycopg://"),
        ("HTTP_PORT", "65536", "expected a port between 0 and 65535"),
        ("OPS_PORT", "-1", "expected a port"),
        ("PUBLIC_URL", "focal.example.org", "expected an address such as https://"),
        ("PUBLIC_URL", "http://focal.example.org", "expected an address such as https://"),
        ("TICK_SECONDS", "0", "expected seconds between 0.1 and 300"),
        ("LOG_LEVEL", "loud", "expected INFO or DEBUG or WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "expected text or json"),
        ("RETENTION", "5wd", "expected days such as 400d, or forever"),
        ("HTTPS_PROXY", "proxy", "is no address"),
        ("FOCAL_CONTAINER", "maybe", "expected 1 or 0"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(name: str, value: str, expected: str) -> None:
    (problem,) = problems_of(**{name: value})
    assert problem.startswith(name)
    assert expected in problem


def test_a_wrong_secret_is_not_shown() -> None:
    assert "xoxp-precious" not in problems_of(SLACK_BOT_TOKEN="xoxp-precious")[0]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(problems_of(TRANSPORT="pigeon", HTTP_PORT="door", LOG_FORMAT="xml")) == 3


def test_the_transport_says_which_tokens_are_missing() -> None:
    assert settings_of(SLACK_BOT_TOKEN="xoxb-1").missing_tokens == ["SLACK_APP_TOKEN"]
    assert settings_of(SLACK_BOT_TOKEN="xoxb-1", TRANSPORT="http").missing_tokens == ["SLACK_SIGNING_SECRET"]


@pytest.mark.parametrize(
    ("address", "here"),
    [("http://127.0.0.1:8710/api", True), ("http://[::1]/api/", True), ("https://slack.com/api/", False)],
)
def test_only_an_address_of_this_machine_is_a_practice_workspace(address: str, here: bool) -> None:
    settings = settings_of(SLACK_API_URL=address)
    assert settings.is_loopback is here
    assert settings.api_url.endswith("/")
