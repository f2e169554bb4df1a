"""Scene 5: anybody asks how things stand, now and earlier, in their own language, and shares what they were told."""

import pytest

from tests.e2e.stage import GENEVA, Stage, soon, spoken
from tests.slack_reading import buttons_of

pytestmark = pytest.mark.parametrize(
    "stage", [("sqlite", "socket"), ("postgresql", "http")], indirect=True, scope="module", ids=["sqlite", "postgresql"]
)


def line_with(text: str, *parts: str) -> str:
    """The first line that has all of these."""
    return next((line for line in text.splitlines() if all(part in line for part in parts)), "")


def test_a_fortnight_of_life(stage: Stage) -> None:
    """What the others ask about."""
    stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
    stage.player("ama").command(
        "update climate at-risk Venue not confirmed | next: TSB to ask UNFCCC | help: a contact in Nairobi"
    )
    stage.go_to(GENEVA, "2037-11-24 10:00")
    stage.player("bo").command("update climate on-track 场地已确认 | next: 印刷材料")
    stage.player("rdaf").command("note climate COP side event confirmed")
    stage.player("cy").command("issue raise climate Who pays for the pavilion?")
    stage.go_to(GENEVA, "2037-11-26 10:00")
    stage.player("ama").command("update climate done Le lieu est confirmé à Genève")
    stage.player("ben").command("update resources at-risk A donor withdraws")
    shown = soon(lambda: spoken(stage.card("Climate change")))
    assert "2 of 4" in shown


def test_my_desk_says_what_i_owe_until_when_and_lets_me_do_it(stage: Stage) -> None:
    ben = stage.player("ben")
    desk = ben.command("")
    assert desk.ephemeral
    assert "2 December 2037, 14:30" in desk.plain
    assert "Communications" in desk.plain
    assert "Resource mobilization" not in desk.plain.partition("Communications")[2].partition("MTG-1")[0]
    assert "MTG-1" in desk.plain
    ben.click(desk.message, "Post update", beside="Communications")
    assert ben.filled()["Area"] == "Communications"
    ben.close()


def test_the_board_counts_first_and_then_says_each_area_in_a_line(stage: Stage) -> None:
    board = stage.player("pim").command("status")
    assert board.ephemeral
    climate = line_with(spoken(board.message), "Climate change")
    assert line_with(spoken(board.message), "3 of"), "units that have reported"
    assert "BR" in climate
    assert "TSB" in climate
    assert "1 open issue" in climate
    assert all(area in board.plain for area in ("Youth", "Gender", "Bridging the Standards Gap"))
    assert "vacant" in line_with(spoken(board.message), "Bridging the Standards Gap")


def test_an_area_shows_the_latest_of_each_unit_and_all_about_it(stage: Stage) -> None:
    page = spoken(stage.player("pim").command("status climate").message)
    for shown in ("Le lieu est confirmé à Genève", "场地已确认", "印刷材料", "COP side event confirmed",
                  "Abebe (sample)", "ISS-1", "Who pays for the pavilion?", "GS"):  # fmt: skip
        assert shown in page
    assert "Venue not confirmed" not in page
    assert "U0CY" in page or "Cy (sample)" in page, "who is who"


def test_an_area_is_found_by_any_of_its_names_and_by_a_close_misspelling(stage: Stage) -> None:
    pim = stage.player("pim")
    for typed in ("Changements climatiques", "气候变化", "climte", "“Climate Change”"):
        assert "Le lieu est confirmé" in pim.command(f"status {typed}").plain


def test_it_can_be_seen_as_it_stood(stage: Stage) -> None:
    pim = stage.player("pim")
    for typed in ("status climate --at 2037-11-24", "status climate —at 24/11/2037"):
        then = spoken(pim.command(typed).message)
        assert "Venue not confirmed" in then
        assert "a contact in Nairobi" in then
        assert "Le lieu est confirmé" not in then
    assert "at risk" in line_with(spoken(pim.command("status --at 2037-11-23").message), "Climate change")
    assert "no word yet" in line_with(spoken(pim.command("status --at 2037-11-22").message), "Climate change")


def test_a_restricted_area_is_shown_to_members_alone(stage: Stage) -> None:
    assert "A donor withdraws" in stage.player("pim").command("status resources").plain
    stranger = stage.player("news")
    assert "A donor withdraws" not in stranger.command("status resources").plain
    assert "Resource mobilization" not in stranger.command("status").plain
    assert "A donor withdraws" not in stranger.command("search donor").plain
    assert "Le lieu est confirmé" in stranger.command("status climate").plain, "the others are open to the workspace"


def test_history_areas_who_and_search(stage: Stage) -> None:
    pim = stage.player("pim")
    history = pim.command("history climate").plain
    assert history.index("Le lieu est confirmé") < history.index("Venue not confirmed")
    areas = pim.command("areas").plain
    assert "Emergency telecommunications" in areas
    assert "emergency" in areas
    who = pim.command("who climate").plain
    assert all(f"U0{name}" in who or name.capitalize() in who for name in ("AMA", "BO", "CY", "DI", "EL"))
    assert "Le lieu est confirmé" in pim.command("search GENEVE confirme").plain, "accents and case do not matter"
    assert "场地已确认" in pim.command("search 场地").plain
    assert "pavilion" in pim.command("search pavilion").plain


def test_help_is_short_and_an_unknown_word_gets_the_nearest_command(stage: Stage) -> None:
    pim = stage.player("pim")
    helped = pim.command("help").plain
    assert "update" in helped
    assert "status" in helped
    assert "/isctf issue raise" in pim.command("help issue").plain
    assert "status" in pim.command("statsu").plain
    assert "statsu" in pim.command("statsu").plain


def test_who_reads_french_is_answered_in_french(stage: Stage) -> None:
    board = stage.player("ama").command("status")
    assert "Changements climatiques" in board.plain
    assert "Share here" not in board.buttons
    assert "at risk" not in board.plain


def test_settings_change_language_zone_and_hours(stage: Stage) -> None:
    dora = stage.player("dora")
    assert "Cambio climático" in dora.command("status").plain
    dora.command("settings language en")
    assert "Climate change" in dora.command("status").plain
    dora.command("settings zone Asia/Tokyo")
    assert "22:30" in dora.command("meeting show MTG-1").plain


def test_share_here_posts_it_to_the_channel_with_who_shared_it(stage: Stage) -> None:
    pim = stage.player("pim")
    pim.click(pim.command("status").message, "Share here")
    shared = soon(lambda: [post for post in stage.slack.posts("isc-tf") if "Pim (sample)" in spoken(post)])
    assert len(shared) == 1
    assert "Climate change" in spoken(shared[0])
    assert not buttons_of(shared[0])


def test_where_the_bot_is_no_member_it_is_shared_as_a_direct_answer(stage: Stage) -> None:
    pim = stage.player("pim")
    pim.click(pim.command("status climate", channel="general").message, "Share here")
    [shared] = soon(lambda: [post for post in stage.slack.posts("general") if "Pim (sample)" in spoken(post)])
    assert "Le lieu est confirmé" in spoken(shared)


def test_app_home_shows_desk_and_board_by_role(stage: Stage) -> None:
    home = stage.player("cy").open_home()
    assert "Who pays for the pavilion?" in spoken(home)
    assert "Climate change" in spoken(home)
    assert "Post update" in buttons_of(home)
    chairs = stage.player("chair").open_home()
    assert "Changements climatiques" in spoken(chairs)
    assert "Post update" not in buttons_of(stage.player("obs").open_home())


def test_guests_are_refused_in_a_sentence(stage: Stage) -> None:
    answer = stage.player("guest").command("status")
    assert answer.ephemeral
    assert "Guests" in answer.plain
    assert "Climate" not in answer.plain


def test_it_ends_when_told_and_has_logged_no_error(stage: Stage) -> None:
    assert stage.bot.stop() == 0
    assert stage.bot.errors() == []
