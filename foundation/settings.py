"""The settings of this installation: read once at start from the environment and `.env`, each checked."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values

from foundation.durations import parse_duration

SLACK = "https://slack.com/api/"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DATABASES = ("sqlite:///", "postgresql+psycopg://")
YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
HIGHEST_PORT = 65535


class SettingsError(Exception):
    """Settings that Focal cannot run with; `problems` says in one sentence each what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What differs between installations. Secrets never show in its `repr`. `.env.example` describes each."""

    bot_token: str | None = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_url: str
    transport: Literal["socket", "http"]
    database_url: str = field(repr=False)
    task_force_file: Path
    http_host: str
    http_port: int
    ops_port: int
    public_url: str | None
    """Under which address others reach our HTTP, if they do; without a slash at its end."""
    tick_seconds: float
    log_level: str
    log_format: Literal["text", "json"]
    retention: timedelta | None
    """How long what was only needed to deliver messages is kept; None: for ever."""
    https_proxy: str | None = field(repr=False)
    container: bool
    """Whether this is the container image, which never plays the practice workspace."""

    @property
    def is_loopback(self) -> bool:
        """Whether Slack is a practice workspace on this machine, whose clock may be followed."""
        return urlsplit(self.api_url).hostname in LOOPBACK

    @property
    def has_tokens(self) -> bool:
        """Whether anything was set that belongs to a real workspace."""
        return any((self.bot_token, self.app_token, self.signing_secret))

    @property
    def missing_tokens(self) -> list[str]:
        """The secrets that the chosen transport still needs."""
        needed = {"SLACK_BOT_TOKEN": self.bot_token}
        if self.transport == "socket":
            needed["SLACK_APP_TOKEN"] = self.app_token
        else:
            needed["SLACK_SIGNING_SECRET"] = self.signing_secret
        return [name for name, value in needed.items() if not value]


def read_settings(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> Settings:
    """Return the settings; the environment wins over the file, also with an empty value.

    Raises `SettingsError` with a sentence for each setting that is wrong.
    """
    source = _Source(environ if environ is not None else os.environ, env_file)
    settings = Settings(
        bot_token=source.secret("SLACK_BOT_TOKEN", prefix="xoxb-"),
        app_token=source.secret("SLACK_APP_TOKEN", prefix="xapp-"),
        signing_secret=source.secret("SLACK_SIGNING_SECRET"),
        api_url=source.api_url("SLACK_API_URL"),
        transport="http" if source.choice("TRANSPORT", "socket", "http") == "http" else "socket",
        database_url=source.database_url("DATABASE_URL", "sqlite:///data/focal.db"),
        task_force_file=Path(source.text("TASK_FORCE_FILE", "taskforce.yaml")),
        http_host=source.text("HTTP_HOST", "127.0.0.1"),
        http_port=source.port("HTTP_PORT", 3000),
        ops_port=source.port("OPS_PORT", 0),
        public_url=source.public_url("PUBLIC_URL"),
        tick_seconds=source.seconds("TICK_SECONDS", 15, least=0.1, most=300),
        log_level=source.choice("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR"),
        log_format="json" if source.choice("LOG_FORMAT", "text", "json") == "json" else "text",
        retention=source.days("RETENTION", "400d"),
        https_proxy=source.proxy("HTTPS_PROXY"),
        container=source.flag("FOCAL_CONTAINER"),
    )
    if source.problems:
        raise SettingsError(source.problems)
    # No proxy leads to this machine's own address.
    return replace(settings, https_proxy=None) if settings.is_loopback else settings


class _Source:
    """The environment over the file. Each method reads one setting, and notes what is wrong with it."""

    def __init__(self, environ: Mapping[str, str], env_file: Path) -> None:
        written = {name: value or "" for name, value in dotenv_values(env_file, interpolate=False).items()}
        # A secret of the environment also wins over the file's other way of giving it (`X` and `X_FILE`).
        self._values = {
            name: value for name, value in written.items() if not environ.keys() & {name, _other_way(name)}
        } | dict(environ)
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, "").strip() or default

    def own_or_in_file(self, name: str) -> str:
        """Return a setting, or what is in the file that `…_FILE` names."""
        value, file = self.text(name), self.text(f"{name}_FILE")
        if value and file:
            self.problems.append(f"{name} and {name}_FILE are both set: keep one of them.")
        elif file:
            try:
                value = Path(file).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self.problems.append(
                    f"{name}_FILE names “{file}”, which cannot be read: expected a file with the secret."
                )
                return ""
            if not value:
                self.problems.append(f"{name}_FILE names “{file}”, which is empty: expected a file with the secret.")
        return value

    def secret(self, name: str, *, prefix: str = "") -> str | None:
        value = self.own_or_in_file(name)
        if value and not value.startswith(prefix):
            self.problems.append(
                f"{name} is no token of its kind: it begins with {prefix} (the value is not shown here)."
            )
        elif re.search(r"[^!-~]", value):
            self.problems.append(f"{name} has a blank or an unusual character in it: copy it again from Slack.")
        return value or None

    def api_url(self, name: str) -> str:
        value = self.text(name, SLACK)
        if not value.isascii() or not (host := _host(value)):
            self.problems.append(f"{name} is “{value}”: expected an address such as {SLACK}")
        elif value.startswith("http://") and host not in LOOPBACK:
            self.problems.append(f"{name} is “{value}”: expected https://, or tokens would travel in clear.")
        return value if value.endswith("/") else f"{value}/"

    def public_url(self, name: str) -> str | None:
        """Return an address that people are told; it must keep to itself what it is asked for."""
        value = self.text(name).rstrip("/")
        host = _host(value) if re.fullmatch("[!-~]*", value) else None
        if value and (not host or (value.startswith("http://") and host not in LOOPBACK)):
            self.problems.append(f"{name} is “{value}”: expected an address such as https://focal.example.org")
        return value or None

    def database_url(self, name: str, default: str) -> str:
        value = self.own_or_in_file(name) or default
        if not value.startswith(DATABASES) or value in DATABASES or not _is_an_address(value):
            self.problems.append(
                f"{name} is of no known kind: expected sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
            )
        return value

    def proxy(self, name: str) -> str | None:
        value = self.text(name) or self.text(name.lower())
        if value and not _host(value):
            self.problems.append(f"{name} is no address: expected such as http://proxy.example.org:8080")
        return value or None

    def choice(self, name: str, *options: str) -> str:
        """The first option is the default; capitals do not matter."""
        value = self.text(name, options[0])
        for option in options:
            if value.casefold() == option.casefold():
                return option
        self.problems.append(f"{name} is “{value}”: expected {' or '.join(options)}.")
        return options[0]

    def port(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not re.fullmatch("[0-9]{1,5}", value) or int(value) > HIGHEST_PORT:
            self.problems.append(f"{name} is “{value}”: expected a port between 0 and {HIGHEST_PORT}.")
            return default
        return int(value)

    def seconds(self, name: str, default: float, *, least: float, most: float) -> float:
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value) or not least <= float(value) <= most:
            self.problems.append(f"{name} is “{value}”: expected seconds between {least:g} and {most:g}.")
            return default
        return float(value)

    def days(self, name: str, default: str) -> timedelta | None:
        value = self.text(name, default)
        if value.casefold() == "forever":
            return None
        try:
            duration = parse_duration(value)
        except ValueError:
            duration = None
        if duration is None or duration.unit != "d" or not duration.amount:
            self.problems.append(f"{name} is “{value}”: expected days such as {default}, or forever.")
            return None
        return timedelta(days=duration.amount)

    def flag(self, name: str) -> bool:
        value = self.text(name).casefold()
        if value not in YES | NO:
            self.problems.append(f"{name} is “{value}”: expected 1 or 0.")
        return value in YES


def _host(address: str) -> str | None:
    """Return the host of a web address; None for what is none (`port` raises for an impossible one)."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname if parts.scheme in {"http", "https"} else None


def _is_an_address(url: str) -> bool:
    """Whether a database's address can be read: its port may be no number."""
    from sqlalchemy import make_url  # noqa: PLC0415 - a wrong setting is told without waiting for it
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        make_url(url)
    except (ArgumentError, ValueError):
        return False
    return True


def _other_way(name: str) -> str:
    return name.removesuffix("_FILE") if name.endswith("_FILE") else f"{name}_FILE"
