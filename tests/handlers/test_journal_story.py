"""The journal says what was done in the reader's own language and time."""

from tests.focal_app import Bot
from tests.slack_world import SlackWorld


def test_the_journal_names_facts_and_says_values_in_the_readers_language(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    slack.player("U0BO").command("update climate at-risk Venue not confirmed | next: ask the host")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    english = slack.player("U0OBS").command("journal climate").plain
    assert "health: at risk" in english
    assert "next steps: ask the host" in english
    chair = slack.player("U0CHAIR")
    french = chair.command("journal climate").plain.replace("\u202f", " ")
    assert "état : à risque" in french
    assert "prochaines étapes : ask the host" in french
    meeting = chair.command("journal MTG-1").plain.replace("\u202f", " ")
    assert "échéance : mercredi 2 décembre 2026, 14:30" in meeting
    assert "statut : prévue" in meeting


def test_as_csv_the_journal_stays_as_it_was_stored(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    slack.player("U0BO").command("update climate at-risk Venue not confirmed | next: ask the host")
    assert "health: at-risk; changed: Venue not confirmed; next_steps: ask the host" in (
        slack.player("U0CHAIR").command("journal climate csv").plain
    )
