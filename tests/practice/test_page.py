"""The practice workspace's page in a real browser: two people, an app, and axe-core watching."""

import re

from playwright.sync_api import Browser, Page, expect

from practice.server import PracticeServer
from tests.browser import window
from tests.practice.pages import ama, app, ask_in_vain, browser, choose, cy, form_of, say, server, to_home
from tests.practice.small_app import SmallApp

__all__ = ["ama", "app", "browser", "cy", "server"]


def test_a_command_is_answered_to_the_one_who_asked_and_nobody_else(ama: Page, cy: Page) -> None:
    say(ama, "/isctf status")
    answer = ama.locator(".message", has_text="Status board")
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Climate is 🟡 at risk, @Ama")
    expect(answer.locator("time").last).to_have_text("16:50")
    say(ama, "Good morning")
    expect(cy.locator(".message")).to_have_count(1)


def test_what_one_posts_arrives_at_the_other_by_itself_and_is_announced(ama: Page, cy: Page) -> None:
    say(ama, "*Good* morning, see `UNFCCC`")
    expect(cy.locator(".message strong")).to_have_text("Good")
    expect(cy.locator("#announcer")).to_contain_text("Good morning, see UNFCCC")


def test_text_is_shown_as_written_and_never_read_as_markup(ama: Page, cy: Page) -> None:
    written = '<img src=x onerror="alert(1)"> & <!channel>'
    say(ama, written)
    expect(cy.locator(".message-body")).to_have_text(written)
    assert cy.locator(".message-body img").count() == 0


def test_a_reply_goes_to_the_thread_and_is_counted_below_its_parent(ama: Page, cy: Page) -> None:
    say(ama, "Who comes?")
    cy.locator(".message").hover()
    cy.get_by_role("button", name="الرد في سلسلة").click()
    cy.get_by_placeholder("الرد…").fill("I do")
    cy.get_by_placeholder("الرد…").press("Enter")
    expect(cy.locator("#thread .message")).to_have_count(2)
    expect(ama.get_by_role("button", name="1 reply")).to_be_visible()
    expect(ama.locator("#place .message")).to_have_count(1)


def test_a_wrong_field_is_marked_where_it_is_and_nothing_typed_is_lost(ama: Page) -> None:
    form_of(ama)
    choose(ama, "Area", "Climate change")
    ama.get_by_label("What changed").fill("nothing")
    ama.get_by_role("button", name="Post", exact=True).click()
    field = ama.get_by_label("What changed")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Please say what changed.")
    expect(field).to_be_focused()
    expect(field).to_have_value("nothing")
    expect(ama.get_by_role("dialog").get_by_role("combobox", name="Area")).to_have_value("Climate change")


def test_an_empty_required_field_is_refused_before_the_app_hears_of_it(ama: Page, app: SmallApp) -> None:
    form_of(ama)
    ama.get_by_role("button", name="Post", exact=True).click()
    expect(ama.locator(".field-error")).to_have_count(2)
    assert "submitted" not in app.seen


def test_what_is_filled_in_reaches_the_app_in_slacks_shapes(ama: Page, app: SmallApp) -> None:
    form_of(ama)
    choose(ama, "Area", "Accessibility")
    ama.get_by_label("What changed").fill("Ramp built")
    ama.get_by_label("Due").fill("2026-12-03")
    choose(ama, "Help from", "Bo (TSB)")
    ama.keyboard.press("Escape")
    ama.get_by_label("The chair").check()
    ama.get_by_role("button", name="Post", exact=True).click()
    expect(ama.locator(".message-body").last).to_contain_text("Ramp built")
    (values,) = app.seen["submitted"]
    assert values["text"]["it"] == {"type": "plain_text_input", "value": "Ramp built"}
    assert values["day"]["it"] == {"type": "datepicker", "selected_date": "2026-12-03"}
    assert values["who"]["it"] == {"type": "multi_users_select", "selected_users": ["U0BO"]}
    assert values["area"]["it"]["selected_option"]["value"] == "accessibility"
    assert [each["value"] for each in values["tell"]["it"]["selected_options"]] == ["chair"]


def test_escape_closes_a_form_and_gives_the_focus_back(ama: Page) -> None:
    form_of(ama)
    ama.keyboard.press("Escape")
    expect(ama.get_by_role("dialog")).to_have_count(0)
    expect(ama.get_by_role("button", name="Post update")).to_be_focused()


def test_a_choice_in_a_message_fires_its_action_by_keyboard_alone(ama: Page, app: SmallApp) -> None:
    say(ama, "/isctf status")
    ama.get_by_role("combobox", name="Area").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        ama.keyboard.press(key)
    expect(ama.get_by_role("combobox", name="Area")).to_have_value("Accessibility")
    ama.get_by_role("button", name="Post update").click()
    expect(ama.get_by_role("dialog")).to_be_visible()
    app.wait_for("chosen", 1)
    assert app.seen["chosen"][0]["actions"][0]["selected_option"]["value"] == "accessibility"


def test_a_command_completes_itself_and_says_how_it_is_used(ama: Page) -> None:
    field = ama.locator("#place textarea")
    field.press_sequentially("/is")
    expect(ama.get_by_role("option", name="/isctf")).to_be_visible()
    field.press("Tab")
    expect(field).to_have_value("/isctf ")
    expect(ama.locator(".composer-hint")).to_contain_text("/isctf [update")


def test_a_command_without_answer_is_told_and_its_text_given_back(ama: Page, server: PracticeServer) -> None:
    ask_in_vain(ama, server)
    expect(ama.locator("#place textarea")).to_have_value("/isctf silence")


def test_a_message_shortcut_takes_the_message_it_stands_at(ama: Page, app: SmallApp) -> None:
    say(ama, "Venue confirmed")
    ama.locator(".message").hover()
    ama.get_by_role("button", name="More actions").click()
    ama.get_by_role("menuitem", name="Use as status update").click()
    expect(ama.get_by_role("dialog", name="Status update")).to_be_visible()
    assert app.seen["opened"][0]["message"]["text"] == "Venue confirmed"


def test_the_apps_home_is_published_when_it_is_opened(ama: Page) -> None:
    to_home(ama)


def test_moving_the_clock_shows_at_everybody(ama: Page, cy: Page) -> None:
    before = cy.locator(".clock-time").get_attribute("datetime") or ""
    ama.get_by_role("button", name="Tomorrow 09:00").click()
    expect(ama.locator(".clock-time")).to_contain_text("09:00")
    expect(cy.locator(".clock-time")).not_to_have_attribute("datetime", before)


def test_a_page_opened_without_a_person_becomes_somebody(browser: Browser, server: PracticeServer) -> None:
    page = window(browser, server.url)
    expect(page.locator(".person-card")).to_be_visible()
    expect(page).to_have_url(re.compile("as=U0"))
    page.context.close()


def test_the_page_is_turned_for_who_reads_from_right_to_left(cy: Page) -> None:
    expect(cy.locator("html")).to_have_attribute("dir", "rtl")
    sidebar, place = cy.locator("#sidebar").bounding_box(), cy.locator("#place").bounding_box()
    assert sidebar is not None
    assert place is not None
    assert sidebar["x"] > place["x"]
