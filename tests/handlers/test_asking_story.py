"""Scene 4: asking how things stand: desk, board, area, as it was, shared, searched; in a channel and in App Home."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models.delivery import HomeMark
from models.journal import JournalEntry
from models.people import Person
from practice.workspace import Workspace
from services.directory import directory, touch
from services.issues import Draft, raise_issue
from tests.focal_app import Bot
from tests.slack_reading import Json, elements_of, label_of
from tests.slack_world import Player, SlackWorld, words

AT_RISK = "update climate at-risk Venue not confirmed | next: TSB to ask UNFCCC | help: a contact in Nairobi"
SCHEDULE = "meeting schedule 2026-12-03 14:30"


def ama(slack: SlackWorld) -> Player:
    return slack.player("U0AMA")


def english(slack: SlackWorld) -> Player:
    """Tess, who reads English and speaks for TSB in five areas."""
    return slack.player("U0TESS")


def secretary(slack: SlackWorld) -> Player:
    return slack.player("U0SEC")


def raise_climate_issue(bot: Bot, title: str = "Who pays for the venue?") -> None:
    with bot.database.transaction() as session:
        actor = person(session, "U0BO")
        area = session.connection().exec_driver_sql("SELECT id FROM area WHERE key = 'climate'").scalar_one()
        raise_issue(session, actor=actor, draft=Draft(title=title, area_id=area), now=bot.clock.now())


def person(session: Session, slack_id: str) -> Person:
    return session.exec(select(Person).where(Person.slack_id == slack_id)).one()


def change_tess(bot: Bot, *, member: bool = True, guest: bool = False) -> None:
    with bot.database.transaction() as session:
        tess = person(session, "U0TESS")
        tess.member, tess.guest = member, guest
        session.add(tess)
        touch(session)


def forge(slack: SlackWorld, message: Json, label: str, *, value: str) -> None:
    """Give a button of somebody's private answer another value, as whoever tampers with requests could."""

    def change(workspace: Workspace) -> None:
        for each in workspace.world.ephemerals["U0TESS"]:
            for _, element in elements_of(each["message"]["blocks"]):
                if each["message"]["ts"] == message["ts"] and label_of(element) == label:
                    element["value"] = value

    slack.do(change)


# -- my desk ----------------------------------------------------------------------------------------------------------


def test_the_desk_says_what_is_owed_and_by_when_with_buttons_for_each(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    secretary(slack).command(SCHEDULE)
    answer = english(slack).command("")
    assert answer.ephemeral
    assert "You owe 5 updates* by Wednesday, 2 December 2026, 14:30 (Zurich time)" in answer.plain
    assert "*Gender* for TSB" in answer.plain
    assert answer.buttons.count("Post update") == 5
    assert "No change" not in answer.buttons
    assert "Next meeting" in answer.plain


def test_the_desk_offers_no_change_where_there_is_something_to_confirm(slack: SlackWorld, bot: Bot) -> None:
    english(slack).command("update gender on-track Panel agreed")
    secretary(slack).command(SCHEDULE)
    bot.go_to(datetime(2026, 12, 3, 13, 31, tzinfo=UTC))
    secretary(slack).command("meeting schedule 2026-12-17 14:30")
    answer = english(slack).command("")
    assert "Last: 🟢 on track" in answer.plain
    assert answer.buttons.count("No change") == 1
    english(slack).click(answer.message, "No change", beside="Gender")
    assert "You owe 4 updates" in english(slack).command("desk").plain


def test_the_secretariat_sees_what_waits_for_it(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    answer = secretary(slack).command("")
    assert "4 vacant seats" in answer.plain
    assert "Web editorial (BR)" in answer.plain


def test_the_chair_sees_the_decisions_that_wait_the_oldest_first(slack: SlackWorld, bot: Bot) -> None:
    raise_climate_issue(bot, "First question")
    raise_climate_issue(bot, "Second question")
    bo = slack.player("U0BO")
    bo.command("issue escalate ISS-2 It cannot wait")
    bot.later(minutes=5)
    bo.command("issue escalate ISS-1 Nor can this")
    desk = slack.player("U0CHAIR").command("").plain
    assert desk.index("Second question") < desk.index("First question")


# -- the board --------------------------------------------------------------------------------------------------------


def test_the_board_counts_first_and_then_has_a_line_for_each_area(slack: SlackWorld, bot: Bot) -> None:
    english(slack).command("update emergency on-track All is well")
    slack.player("U0BO").command(AT_RISK)
    raise_climate_issue(bot)
    board = english(slack).command("status").plain
    assert "🟢 1 on track · 🟡 1 at risk · ⚪ 9 no word yet" in board
    assert "2 of 44 seats have reported in this cycle." in board
    assert "🟡 *Climate change*: at risk" in board
    assert "reported: TSB · not yet: BR, BDT and GS" in board
    assert "1 open issue" in board
    assert "vacant: TSB" in board
    assert board.index("1 on track") < board.index("Climate change")


def test_the_board_reads_whole_without_its_blocks(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    english(slack).command("update gender off-track Panel cancelled")
    text = english(slack).command("status").text
    assert "🔴 *Gender*: off track" in text
    assert "Youth" in text


def test_a_person_who_is_away_is_away_on_the_board_and_not_missing(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    slack.player("U0BO").command("away 2026-11-20 2026-12-20 @tess")
    assert "away: TSB" in english(slack).command("status").plain


def test_who_is_no_member_sees_the_board_without_restricted_areas(slack: SlackWorld, bot: Bot) -> None:
    assert "Resource mobilization" in english(slack).command("status").plain
    change_tess(bot, member=False)
    board = english(slack).command("status").plain
    assert "Climate change" in board
    assert "Resource mobilization" not in board
    assert "Which one do you mean?" in english(slack).command("status resources").plain


def test_guests_see_nothing(slack: SlackWorld, bot: Bot) -> None:
    change_tess(bot, guest=True)
    for typed in ("", "status", "history climate", "search venue", "help", "who", "nonsense"):
        assert "Guests of this workspace cannot use Focal" in english(slack).command(typed).plain
    assert "Guests of this workspace" in words(english(slack).open_home())


def test_an_area_shows_the_latest_of_each_unit_next_steps_notes_issues_and_people(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BO").command(AT_RISK)
    english(slack).command("note climate The host wrote today")
    raise_climate_issue(bot)
    answer = english(slack).command("status climate")
    for said in ("Venue not confirmed", "TSB to ask UNFCCC", "a contact in Nairobi", "The host wrote today",
                 "Who pays for the venue?", "<@U0BO>", "*GS* · not reported yet"):  # fmt: skip
        assert said in answer.plain


def test_everything_is_said_in_the_language_and_zone_of_who_asks(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    assert "Climate change" in english(slack).command("status").plain
    assert "Changements climatiques" in ama(slack).command("status").plain


@pytest.mark.parametrize("typed", ["climat", "Klimate", "CLIMATE  ", "changements climatiques", "气候变化"])
def test_an_area_is_found_however_it_is_typed(slack: SlackWorld, bot: Bot, typed: str) -> None:
    assert bot.engine
    assert "Climate change: no word yet" in english(slack).command(f"status {typed}").plain.replace("*", "")


def test_for_an_area_that_nobody_knows_the_nearest_are_offered_with_buttons(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    asked = english(slack).command("history communicative gender")
    assert "Which one do you mean?" in asked.plain
    shown = english(slack).click(asked.message, asked.buttons[0])
    assert "History of" in shown.plain


# -- as it stood ------------------------------------------------------------------------------------------------------


def test_the_board_is_shown_as_it_stood(slack: SlackWorld, bot: Bot) -> None:
    bo = slack.player("U0BO")
    bo.command("update climate on-track All is well")
    bot.later(days=2)
    bo.command(AT_RISK)
    assert "🟡 *Climate change*" in english(slack).command("status").plain
    then = english(slack).command("status —at 2026-11-23")
    assert "🟢 *Climate change*" in then.plain
    assert "As it stood on Monday, 23 November 2026" in then.plain
    area = english(slack).command("status climate --at 2026-11-23")
    assert "All is well" in area.plain
    assert "Venue" not in area.plain
    assert "⚪ *Climate change*" in english(slack).command("status --at 2026-11-22").plain


def test_what_was_edited_or_withdrawn_since_is_shown_as_it_stood(slack: SlackWorld, bot: Bot) -> None:
    bo = slack.player("U0BO")
    posted = bo.command("update climate off-track Everything is late")
    bot.later(days=1)
    bo.click(posted.message, "Edit")
    bo.fill({bo_label(bo, 1): "Only the venue is late"})
    assert bo.submit() == {}
    bot.later(days=1)
    bo.click(posted.message, posted.buttons[-1])
    assert "no word yet" in english(slack).command("status climate").plain
    assert "Everything is late" in english(slack).command("status climate --at 2026-11-23").plain
    second = english(slack).command("status climate --at 2026-11-24").plain
    assert "Only the venue is late" in second
    assert "Everything is late" not in second


def bo_label(player: Player, index: int) -> str:
    """The label of one input of the open form, in whatever language it is."""
    return list(player.filled())[index]


def test_the_moment_may_be_the_start_of_a_meeting(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BO").command("update climate on-track All is well")
    secretary(slack).command(SCHEDULE)
    bot.go_to(datetime(2026, 12, 4, 9, tzinfo=UTC))
    slack.player("U0BO").command(AT_RISK)
    assert "🟢 *Climate change*" in english(slack).command("status --at MTG-1").plain
    refused = english(slack).command("status --at 2030-01-01").plain
    assert "still to come" in refused


def test_issues_count_as_they_stood(slack: SlackWorld, bot: Bot) -> None:
    raise_climate_issue(bot)
    bot.later(days=1)
    slack.player("U0BO").command("issue escalate ISS-1 It cannot wait")
    assert "1 escalated" in english(slack).command("status climate").plain
    then = english(slack).command("status climate --at 2026-11-23").plain
    assert "1 open issue" in then
    assert "escalated" not in then


# -- sharing ----------------------------------------------------------------------------------------------------------


def test_the_board_is_shared_with_the_channel_in_its_language_with_a_name_and_no_pings(
    slack: SlackWorld, bot: Bot
) -> None:
    answer = ama(slack).command("status")
    ama(slack).click(answer.message, "Partager ici")
    [post] = slack.posts("isc-tf")
    assert "Shared by Ama (sample)" in words(post)
    assert "Climate change" in words(post)
    assert "Resource mobilization" not in words(post)
    assert "<@" not in words(post)
    with bot.database.reading() as session:
        assert session.exec(select(JournalEntry).where(JournalEntry.act == "answer.share")).one().subject == "board"


def test_an_area_is_shared_where_the_bot_is_not_a_member(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    answer = english(slack).command("status climate", channel="general")
    english(slack).click(answer.message, "Share here")
    assert "Shared by Tess (sample)" in words(slack.posts("general"))


@pytest.mark.fault(36)
def test_a_restricted_area_is_not_shared_elsewhere_whatever_the_button_says(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    answer = english(slack).command("status resources")
    assert "Share here" not in answer.buttons
    board = english(slack).command("status climate")
    assert board.message
    with bot.database.reading() as session:
        resources = directory(session).area_by_key("resources")
    forge(slack, board.message, "Share here", value=f"area:{resources.id if resources else 0}")
    refused = english(slack).click(board.message, "Share here")
    assert "only shown to members" in refused.plain
    assert slack.posts("isc-tf") == []


# -- history, who, areas, search --------------------------------------------------------------------------------------


def test_history_pages_through_all_that_was_said(slack: SlackWorld, bot: Bot) -> None:
    for n in range(10):
        slack.player("U0BO").command(f"update climate on-track Step {n} is done")
    bot.settle()
    first = english(slack).command("history climate")
    assert "10 updates in all" in first.plain
    assert "Step 9" in first.plain
    assert "Step 1 " not in first.plain
    second = english(slack).click(first.message, "Next page")
    assert "Step 1 is done" in second.plain
    assert "Step 9" not in second.plain
    assert "Step 9" in english(slack).click(second.message, "Previous page").plain


def test_who_names_the_focal_points_of_an_area_and_the_roles_of_the_task_force(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    answer = english(slack).command("who climate")
    assert "*BR*: <@U0AMA>" in answer.plain
    assert "<@U0DI>" in answer.plain
    assert "*Chair*: <@U0CHAIR>" in english(slack).command("who").plain
    assert "`climate`" in english(slack).command("areas").plain


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("Le réseau de Genève est confirmé", "GENEVE reseau"),
        ("与气候变化有关的会议", "气候"),
        ("اجتماع حول المناخ", "المناخ"),
        ("Встреча по КЛИМАТУ", "климат"),
        ("100 % of _it_", "100 %"),
    ],
)
def test_search_finds_parts_of_words_in_any_script(slack: SlackWorld, bot: Bot, said: str, searched: str) -> None:
    assert bot.engine
    slack.player("U0BO").command(f"update climate on-track {said}")
    answer = english(slack).command(f"search {searched}")
    assert said in answer.plain
    assert "1 text with" in answer.plain


def test_search_keeps_restricted_areas_for_members(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BEN").command("update resources at-risk The donor hesitates")
    assert "The donor hesitates" in english(slack).command("search donor").plain
    change_tess(bot, member=False)
    assert "Nothing was found" in english(slack).command("search donor").plain


# -- settings and help ------------------------------------------------------------------------------------------------


def test_settings_change_language_zone_and_hours_by_form(slack: SlackWorld, bot: Bot) -> None:
    english(slack).command("settings")
    assert english(slack).modal
    english(slack).fill({"Language": "Français", "Time zone": "Asia/Bangkok", "Working hours from": "08:00"})
    assert english(slack).submit() == {}
    assert "Changements climatiques" in english(slack).command("status").plain
    with bot.database.reading() as session:
        tess = person(session, "U0TESS")
        assert (tess.timezone, tess.working_hours, tess.working_days) == ("Asia/Bangkok", "08:00-18:00", None)


def test_one_setting_is_typed_and_taken_back(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    assert "Tokyo" in english(slack).command("settings zone tokyo").plain
    assert "Zurich" in english(slack).command("settings zone -").plain
    assert "I do not know the time zone" in english(slack).command("settings zone Atlantis").plain


def test_help_is_short_and_by_role(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    everyone = english(slack).command("help").plain
    assert "`/isctf status`" in everyone
    assert "meeting schedule" not in everyone
    assert "meeting schedule" in secretary(slack).command("help").plain
    assert "`/isctf update climate at-risk" in english(slack).command("help update").plain


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("statsu", "`/isctf status`"), ("setings", "`/isctf settings`"), ("climate", "status climate")],
)
def test_an_unknown_word_gets_the_nearest_command(slack: SlackWorld, bot: Bot, typed: str, offered: str) -> None:
    assert bot.engine
    assert offered in english(slack).command(typed).plain


# -- the journal ------------------------------------------------------------------------------------------------------


def test_the_journal_is_for_observers_secretariat_and_chair(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    slack.player("U0BO").command(AT_RISK)
    assert "Only observers, the secretariat and the chair" in english(slack).command("journal climate").plain
    for reader in ("U0OBS", "U0SEC"):
        answer = slack.player(reader).command("journal climate").plain
        assert "update.post" in answer
        assert "Bo (sample)" in answer
    assert "update.post" in secretary(slack).command("journal @bo").plain


@pytest.mark.fault(40)
def test_the_journal_as_csv_has_no_cell_that_acts(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    english(slack).command("note climate =cmd() <!channel> ```")
    answer = secretary(slack).command("journal climate csv").plain
    assert "at,actor,on behalf of,act,subject,before,after" in answer
    assert "note.add" in answer
    assert "<!channel>" not in answer


# -- App Home ---------------------------------------------------------------------------------------------------------


def test_app_home_is_published_when_opened_and_kept_fresh(slack: SlackWorld, bot: Bot) -> None:
    home = english(slack).open_home()
    assert "My desk" in words(home)
    assert "⚪ *Gender*: no word yet" in words(home)
    with bot.database.reading() as session:
        assert [mark.marked_at for mark in session.exec(select(HomeMark))] == [None]
    english(slack).command("update gender on-track Panel agreed")
    with bot.database.transaction() as session:
        mark = session.exec(select(HomeMark)).one()
        assert mark.marked_at is not None
        mark.published_at = bot.clock.real() - timedelta(seconds=31)
    bot.settle()
    assert "🟢 *Gender*: on track" in words(english(slack).home())


def test_an_area_opens_from_app_home_as_a_page(slack: SlackWorld, bot: Bot) -> None:
    assert bot.engine
    home = english(slack).open_home()
    english(slack).click(home, "Open", beside="Gender")
    modal = english(slack).modal
    assert modal is not None
    assert "*GS* · not reported yet" in words(modal)


@pytest.mark.usefixtures("bot")
def test_a_board_that_was_asked_for_before_shows_what_was_posted_since(slack: SlackWorld) -> None:
    asker = english(slack)
    before = asker.command("status").plain
    assert asker.command("status").plain == before
    slack.player("U0BO").command(AT_RISK)
    assert asker.command("status").plain != before


@pytest.mark.usefixtures("bot")
def test_a_kept_board_is_not_shown_to_who_may_see_less(slack: SlackWorld) -> None:
    assert "Resource mobilization" in english(slack).command("status").plain
    assert "Resource mobilization" not in slack.player("U0NEWS").command("status").plain
