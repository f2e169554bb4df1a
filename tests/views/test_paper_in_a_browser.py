"""What is printed, as a browser shows it: axe-core finds no fault, and nothing that people wrote is run."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.browser import accessibility_faults, browser
from tests.views.test_brief_fits_slack import SMALL
from views.paper_html import html

__all__ = ["browser"]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_axe_finds_no_fault_in_a_printed_page(browser: Browser, code: str) -> None:
    page = browser.new_context().new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.set_content(html(replace(SMALL, language=code)).decode())
    assert accessibility_faults(page) == []
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('table')).direction") == (
        "rtl" if code == "ar" else "ltr"
    )
    page.context.close()
