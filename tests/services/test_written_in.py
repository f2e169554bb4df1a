"""Text keeps its language and says which."""

import pytest

from services.written_in import written_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The venue is not confirmed", "en"),
        ("Le lieu de la session n'est pas confirmé", "fr"),
        ("El lugar de la reunión no está confirmado", "es"),
        ("Место проведения не подтверждено", "ru"),
        ("会议地点尚未确认", "zh"),
        ("لم يتم تأكيد المكان", "ar"),
    ],
)
def test_a_sentence_is_told_by_its_script_or_its_small_words(text: str, code: str) -> None:
    assert written_in(text, by_default="xx") == code


@pytest.mark.parametrize("text", ["", "COP23", "OK 👍", "12.5"])
def test_what_is_in_no_language_in_particular_is_in_the_writers_own(text: str) -> None:
    assert written_in(text, by_default="fr") == "fr"


def test_a_name_in_another_script_does_not_change_the_language() -> None:
    assert written_in("The text of 王伟 is agreed with the host", by_default="fr") == "en"
