"""The page for who runs Focal names everything that can be alerted of, measured, and found."""

import re
from pathlib import Path

import pytest

from delivery import outcomes

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "operators.md").read_text("utf-8")
OUTCOMES = {name.casefold() for name, found in vars(outcomes).items() if isinstance(found, type)}


def words(pattern: str, *files: str) -> list[str]:
    """Return what the sources call something."""
    sources = "".join((ROOT / file).read_text("utf-8") for file in files)
    found = sorted(set(re.findall(pattern, sources)))
    assert len(found) > 3, f"no longer written as {pattern!r}"
    return found


@pytest.mark.parametrize("code", words(r'"([a-z]+(?:_[a-z]+)+)"', "services/auditor.py", "web/health.py"))
def test_it_says_what_to_do_about_every_finding_of_health_and_the_auditor(code: str) -> None:
    assert re.search(rf"^\| .*`{code}`.* \|.*\|.*\w.* \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("figure", words(r'"(focal_\w+)"', "web/metrics.py", "delivery/tally.py"))
def test_it_explains_every_figure(figure: str) -> None:
    assert re.search(rf"^\| `{figure}(_total)?(\{{|`)", PAGE, re.MULTILINE)


@pytest.mark.parametrize("outcome", ["done", "notdone", "limited", "doubtful", "refused", "lockedout"])
def test_it_explains_every_outcome_of_sending(outcome: str) -> None:
    assert f"`{outcome}`" in PAGE
    assert outcome in OUTCOMES


@pytest.mark.parametrize(
    "subject", words(r'(?:fine|odd|bad)\(\s*"([a-z ]+)"', "operations/doctor.py", "operations/doctor_slack.py")
)
def test_it_names_every_line_of_the_doctor(subject: str) -> None:
    assert f"`{subject}`" in PAGE


@pytest.mark.parametrize("command", words(r'\badd\("(\w+)"', "bot.py"))
def test_every_command_is_named_there_or_in_the_readme(command: str) -> None:
    assert re.search(rf"\b{command}\b", PAGE + (ROOT / "README.md").read_text("utf-8"))
