"""Every block and element on the page: drawn as Slack means it; what is chosen reaches the app in Slack's shapes."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from slack_sdk import WebClient

from tests.practice.every_block import ACTED, SHOWN
from tests.practice.pages import ama, app, browser, cy, server
from tests.practice.small_app import SmallApp

__all__ = ["ama", "app", "browser", "cy", "server"]

CHANNEL = "C0TASKFORCE"
Json = dict[str, Any]


@pytest.fixture
def client(app: SmallApp) -> WebClient:
    return WebClient(app.server.bot_token, base_url=app.server.api_url)


def shown(page: Page, client: WebClient, blocks: list[Json]) -> Locator:
    client.chat_postMessage(channel=CHANNEL, text="Every block", blocks=blocks)
    message = page.locator(".message").last
    expect(message).to_be_visible()
    return message


def every_field(page: Page) -> Locator:
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="Post status update").click()
    dialog = page.get_by_role("dialog", name="Every field")
    expect(dialog).to_be_visible()
    return dialog


def test_text_is_marked_up_as_slack_does(ama: Page, client: WebClient) -> None:
    message = shown(ama, client, SHOWN)
    expect(message.locator("h2")).to_have_text("Every block 🎉")
    marks = message.locator(".block-section").first
    for tag, text in [("em", "italic"), ("s", "struck"), ("code", "code"), ("blockquote", "quoted twice")]:
        expect(marks.locator(tag)).to_have_text(text)
    expect(marks.locator("li")).to_have_text(["one", "two"])
    expect(marks.locator("pre")).to_have_text("a < b\n  c")
    expect(marks.get_by_role("link", name="the site")).to_have_attribute("href", "https://www.itu.int/")
    expect(marks.locator(".mention")).to_have_text(["@Bo (TSB) (sample)", "#general", "@here"])
    expect(marks).to_contain_text("5 * 3 * 2 and snake_case_word, AT&T <tag>")


def test_a_date_stands_in_the_zone_of_who_reads_it(ama: Page, cy: Page, client: WebClient) -> None:
    shown(ama, client, SHOWN)
    expect(ama.locator(".block-section time").first).to_contain_text("13:00")
    expect(cy.locator(".block-section time").first).to_contain_text("٠٢:٠٠")  # Cairo, in Arabic figures


def test_blocks_without_controls_are_all_there_and_an_unknown_one_says_so(ama: Page, client: WebClient) -> None:
    message = shown(ama, client, SHOWN)
    expect(message.locator(".fields > div")).to_have_text(["Healthat risk", "Age: *3 days*"])
    for picture in ("A small square", "Seal", "A chart"):
        expect(message.get_by_role("img", name=picture)).to_have_count(1)
    expect(message.locator("figcaption")).to_have_text("The chart")
    expect(message.locator("ol.bullets li")).to_have_text("Point")
    expect(message.get_by_role("cell", name="Climate")).to_be_visible()
    expect(message.locator("td").last).to_have_css("text-align", "right")
    expect(message.locator(".block-unknown")).to_have_text("“card” cannot be shown here")


def test_a_button_that_asks_first_does_nothing_when_the_answer_is_no(
    ama: Page, client: WebClient, app: SmallApp
) -> None:
    message = shown(ama, client, ACTED)
    question = ama.get_by_role("dialog", name="Withdraw it?")
    message.get_by_role("button", name="Withdraw").click()
    question.get_by_role("button", name="Keep it").click()
    message.get_by_role("button", name="Plain").click()
    app.wait_for("acted", 1)
    message.get_by_role("button", name="Withdraw").click()
    expect(question.locator("strong")).to_have_text("gone")
    question.get_by_role("button", name="Withdraw").click()
    app.wait_for("acted", 2)
    assert [each["value"] for each in app.seen["acted"]] == ["plain", "gone"]


def test_every_control_of_a_message_fires_its_action(ama: Page, client: WebClient, app: SmallApp) -> None:
    message = shown(ama, client, ACTED)

    def pick(label: str, option: str, typed: str = "") -> None:
        message.get_by_role("combobox", name=label, exact=True).click()
        ama.keyboard.type(typed)
        ama.get_by_role("option", name=option).click()

    message.get_by_role("button", name="More options").click()
    ama.get_by_role("menuitem", name="Youth").click()
    pick("Static", "Youth")
    pick("External", "un found", typed="un")
    pick("Person", "Bo (TSB)")
    pick("Conversation", "#general")
    pick("Channel", "#general")
    pick("Several", "Youth")
    ama.keyboard.press("Escape")
    message.get_by_label("Day").fill("2026-12-04")
    message.get_by_label("Hour").fill("09:15")
    message.get_by_role("radio", name="Youth").check()
    message.get_by_role("checkbox", name="Youth").check()
    app.wait_for("acted", 11)
    chosen = {each["action_id"].removeprefix("any-"): each for each in app.seen["acted"]}
    assert chosen["overflow"]["selected_option"]["value"] == "youth"
    assert chosen["static_select"]["selected_option"]["value"] == "youth"
    assert chosen["external_select"]["selected_option"]["value"] == "found"
    assert chosen["users_select"]["selected_user"] == "U0BO"
    assert chosen["conversations_select"]["selected_conversation"] == "C0GENERAL"
    assert chosen["channels_select"]["selected_channel"] == "C0GENERAL"
    assert [each["value"] for each in chosen["multi_static_select"]["selected_options"]] == ["youth"]
    assert chosen["datepicker"]["selected_date"] == "2026-12-04"
    assert chosen["timepicker"]["selected_time"] == "09:15"
    assert chosen["radio"]["selected_option"]["value"] == "youth"
    assert [each["value"] for each in chosen["checks"]["selected_options"]] == ["youth"]


def test_a_form_gives_every_field_and_a_moment_in_the_zone_of_who_fills_it_in(ama: Page, app: SmallApp) -> None:
    dialog = every_field(ama)
    expect(dialog.get_by_label("Line")).to_have_accessible_description("In a few words")
    dialog.get_by_label("Line").fill("A line")
    dialog.get_by_label("Number").fill("12")
    dialog.get_by_role("combobox", name="External").click()
    ama.get_by_role("option", name="found").click()
    moment = dialog.get_by_role("group", name="Moment")
    expect(moment.get_by_label("Time")).to_have_value("13:00")
    moment.get_by_label("Time").fill("14:00")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_be_hidden()
    app.wait_for("every", 1)
    (values,) = app.seen["every"]
    assert values["plain_text_input"]["it"]["value"] == "A line"
    assert values["number_input"]["it"]["value"] == "12"
    assert values["external_select"]["it"]["selected_option"]["value"] == "found"
    assert values["datetimepicker"]["it"]["selected_date_time"] == 1796130000
    assert values["multi_users_select"]["it"]["selected_users"] == []
    assert values["radio_buttons"]["it"]["selected_option"] is None


def test_a_form_laid_over_another_gives_it_back_as_it_was(ama: Page) -> None:
    dialog = every_field(ama)
    dialog.get_by_label("Line").fill("Half a sentence")
    dialog.get_by_role("button", name="One more").click()
    above = ama.get_by_role("dialog", name="One more")
    expect(above).to_be_visible()
    above.get_by_role("button", name="Not now").click()
    expect(dialog.get_by_label("Line")).to_have_value("Half a sentence")


def test_a_form_that_changes_keeps_what_was_typed_and_where(ama: Page) -> None:
    dialog = every_field(ama)
    dialog.get_by_label("Line").fill("Half a sentence")
    dialog.get_by_role("button", name="Change").click()
    changed = ama.get_by_role("dialog", name="Changed")
    expect(changed.get_by_label("Line")).to_have_value("Half a sentence")
    expect(changed.get_by_role("button", name="Change")).to_be_focused()


def test_a_file_is_shown_with_its_size_and_can_be_downloaded(ama: Page, client: WebClient) -> None:
    client.files_upload_v2(channel=CHANNEL, content="a,b\n1,2\n", filename="journal.csv", title="The journal")
    link = ama.get_by_role("link", name="The journal")
    expect(link).to_contain_text("8")
    with ama.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "journal.csv"
    assert download.value.path().read_text() == "a,b\n1,2\n"
