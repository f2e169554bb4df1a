"""Everyone is spoken to in their own language, and whoever reads one that is not complete yet, in English."""

import re
from typing import Any

import pytest

from tests.focal_app import Bot
from tests.reminding import geneva
from tests.slack_world import Player, SlackWorld, words

Json = dict[str, Any]
ENGLISH = {
    "the", "and", "of", "is", "are", "was", "you", "your", "for", "from", "by", "to", "with", "this", "that", "it",
    "not", "no", "yet", "has", "have", "been", "update", "updates", "meeting", "change", "changed", "next", "help",
    "area", "areas", "health", "risk", "track", "done", "due", "reported", "away", "open", "post", "ago",
    "time", "deadline", "reminder", "chair", "ask", "only", "show", "see", "settings", "type", "close", "cancel",
}  # fmt: skip
CODE = re.compile(r"`[^`]*`|/isctf.*|<[@!#][^>]*>|\(sample\)")
CLIMATE = "Changements climatiques"


@pytest.fixture
def ama(slack: SlackWorld, bot: Bot) -> Player:
    """Give a focal point who reads French, ten days before a meeting."""
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.settle()
    return slack.player("U0AMA")


def plain(shown: Any) -> str:
    """Return the words that are shown, with the spaces that a keyboard has."""
    return words(shown).replace("\u202f", " ")


def french(shown: Any) -> str:
    """Return the words that are shown, none of which is English; commands stay as they are typed."""
    text = plain(shown)
    assert text
    left = set(re.findall(r"[a-z]+", CODE.sub(" ", text).lower())) & ENGLISH
    assert not left, f"{sorted(left)} in:\n{text}"
    return text


def test_the_reminder_of_a_french_speaker_is_french(bot: Bot, ama: Player) -> None:
    bot.go_to(geneva("2026-11-25 14:30"))
    [reminder] = [dm for dm in ama.dms() if "MTG-1" in words(dm)]
    text = french(reminder)
    assert "commence le jeudi 3 décembre 2026, 14:30 (heure locale : Zurich)" in text
    assert CLIMATE in text
    for label in ("Publier un point", "Ne me concerne pas", "Me le rappeler plus tard", "Je m’absente"):
        assert label in text
    french(reminder["text"])


def test_the_board_the_area_and_the_desk_are_french(ama: Player) -> None:
    ama.command("update climate at-risk Salle non confirmée")
    assert f"*{CLIMATE}* : à risque · à l’instant · publié : BR" in french(ama.command("status").message)
    assert "Partager ici" in french(ama.command("status climate").message)
    assert "Vous devez 4 points de situation" in french(ama.command("").message)
    assert "sans changement" not in french(ama.command("history climate").message)


def test_the_form_is_french_and_names_what_is_missing_in_french(ama: Player) -> None:
    ama.command("update climate")
    text = french(ama.modal)
    for label in ("Point de situation", "Domaine", "État", "Ce qui a changé", "Prochaines étapes", "Aide demandée"):
        assert label in text


def test_the_help_is_french_with_french_examples(ama: Player) -> None:
    answer = ama.command("help")
    text = french(answer.message)
    assert "Publiez l’état d’un domaine pour votre unité" in text
    assert "update climate à risque Salle non confirmée | suite : demander au pays hôte" in text
    assert "Je ne connais pas" in french(ama.command("bonsoir-tristesse").message)


def test_a_refusal_is_french(ama: Player) -> None:
    answer = ama.command("meeting cancel MTG-1")
    assert "Cet acte est réservé au secrétariat et à la présidence." in french(answer.message)


def test_french_words_are_understood_where_words_are_recognised(ama: Player) -> None:
    ama.command(
        "update Changements climatiques À RISQUE Salle non confirmée | suite\u202f: relancer | aide : un contact"
    )
    text = plain(ama.command("status climate").message)
    for told in ("à risque", "*Ce qui a changé :* Salle", "*Prochaines étapes :* relancer", "*Aide demandée :* un"):
        assert told in text


def test_a_greeting_in_french_is_no_update(ama: Player) -> None:
    ama.say("Bonjour !")
    [answer] = ama.wait_for(ama.dms)
    assert french(answer).startswith("Bonjour.")


def test_a_language_without_a_catalogue_has_english_sentences_and_its_own_names(
    slack: SlackWorld, bot: Bot, ama: Player
) -> None:
    assert ama
    bot.go_to(geneva("2026-11-26 14:30"))
    nadia = slack.player("U0NADIA")
    [reminder] = [dm for dm in nadia.dms() if "MTG-1" in words(dm)]
    text = words(reminder)
    assert "begins on" in text
    assert "Post update" in text
    assert "سد الفجوة التقييسية" in text
    assert "2 December 2026, 15:30 (Cairo time)" in text, "half English, half Arabic would scramble the line"
    assert "*تغير المناخ*: no word yet" in words(nadia.command("status").message)
