"""Rights as stories: what was tried is kept, what is hidden stays hidden. Act by act they are in `tests/security`."""

import pytest
from sqlmodel import col, select

from models.journal import JournalEntry
from models.people import Role, RoleName
from services.directory import directory, touch
from tests.focal_app import Bot
from tests.slack_world import SlackWorld, words

OUTSIDER, DIRECTOR, SECRETARIAT, CHAIR, HOLDER = "U0NEWS", "U0RDAF", "U0SEC", "U0CHAIR", "U0AMA"
"""Somebody of the workspace who is no member, a Regional Director, the secretariat, the chair, a focal point."""


LOOKS = (
    "", "status", "areas", "who", "member list", "search hidden", "issue list", "meeting list", "status resources",
    "history resources", "issue list resources", "issue show ISS-1", "resources",
)  # fmt: skip


def test_nothing_shows_a_restricted_area_to_others(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BEN").command("update resources off-track Hidden words")
    slack.player("U0DI").command("issue raise resources Hidden issue")
    bot.settle()
    nia = slack.player(OUTSIDER)
    for typed in LOOKS:
        answer = nia.command(typed, channel="general")
        while True:
            shown = answer.plain.replace(f"“{typed.split(' ')[-1]}”", "").replace(f"/isctf {typed}", "")
            assert "Resource mobilization" not in shown, typed
            assert "Hidden" not in shown, typed
            if "Next page" not in answer.buttons:
                break
            answer = nia.click(answer.message, "Next page")
    assert "Resource" not in words(nia.open_home())


@pytest.mark.fault(36)
def test_what_somebody_tried_is_in_the_journal(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0TESS").command("update emergency at-risk Venue")
    bot.settle()
    reply = next(post for post in slack.posts("isc-tf") if post.get("thread_ts") not in (None, post["ts"]))
    assert "Only Tess (sample)" in slack.player("U0DI").click(reply, "Withdraw").plain
    slack.player(DIRECTOR).command("meeting schedule 2026-12-10 10:00 <b>")
    with bot.database.reading() as session:
        kept = session.exec(
            select(JournalEntry).where(JournalEntry.act == "refused").order_by(col(JournalEntry.id))
        ).all()
        names = [directory(session).name_of(entry.actor_id) for entry in kept]
    assert names == ["Di (sample)", "Abebe (sample)"]
    assert kept[0].after["answer"].startswith("Only Tess (sample) can change this update.")
    assert kept[1].after["given"] == "/isctf meeting schedule 2026-12-10 10:00 <b>"
    assert "refused" in slack.player(SECRETARIAT).command("journal @Abebe").plain


def test_the_acting_chair_decides_while_the_chair_is_away(slack: SlackWorld, bot: Bot) -> None:
    slack.player(HOLDER).command("issue raise climate Who pays for the venue?")
    slack.player(HOLDER).command("issue escalate ISS-1")
    gil = slack.player("U0DEPG")
    assert "Decide" not in gil.command("issue show ISS-1").buttons
    slack.player(CHAIR).command("away 2026-11-23 2026-11-27 @gil")
    assert "Decide" in gil.command("issue show ISS-1").buttons
    assert "MTG-1" in gil.command("meeting schedule 2026-12-03 14:30").plain
    bot.later(days=7)
    assert "Decide" not in gil.command("issue show ISS-1").buttons


@pytest.mark.fault(37)
def test_a_role_that_was_taken_away_counts_no_more(slack: SlackWorld, bot: Bot) -> None:
    sena = slack.player(SECRETARIAT)
    sena.command("meeting schedule")
    with bot.database.transaction() as session:
        for role in session.exec(select(Role).where(Role.name == RoleName.SECRETARIAT)):
            session.delete(role)
        touch(session)
    sena.fill({"Day": "2026-12-03", "Time": "14:30"})
    assert any("Only the secretariat and the chair" in sentence for sentence in sena.submit().values())


def test_somebody_of_another_workspace_met_in_a_shared_channel_is_a_guest(slack: SlackWorld, bot: Bot) -> None:
    nia = slack.player(OUTSIDER)
    slack.world.people[OUTSIDER].team = "T0PARTNER"
    assert "Guests of this workspace" in nia.command("status").plain
    slack.change_person(OUTSIDER, title="Still a partner")
    assert "Guests of this workspace" in nia.command("status").plain
    assert "cannot be a member" in slack.player(SECRETARIAT).command("member add @news").plain
    with bot.database.reading() as session:
        refused = session.exec(select(JournalEntry).where(JournalEntry.act == "refused")).all()
    assert len(refused) == 2
