"""The desk in a real Chromium: at phone and desktop width, with and without script, with Khmer and right-to-left names."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import Connection

from monitor.store import articles, incidents, people, reports
from monitor.web.desk import application
from monitor.web.listen import server
from tests.fakes.desk import LEILA, NOW, TOKEN, Played
from tests.fakes.stored import citation, incident, reading, report

pytestmark = pytest.mark.timeout(180)
PHONE, DESKTOP = {"width": 360, "height": 780}, {"width": 1280, "height": 800}
PATHS = ("/", "/incidents", "/incidents/i-1", "/incidents/i-2/appeal", "/defenders", "/defenders/kh-0001", "/defenders/kh-0001/edit",
         "/people", "/sources", "/search?q=Sok")  # fmt: skip
PERSIAN = "نیروهای امنیتی لیلا امیدوار را روز دوشنبه در تهران بازداشت کردند."
KHMER = "នគរបាលបានចាប់ខ្លួនលោក សុខ ដារ៉ា នៅរាជធានីភ្នំពេញ កាលពីថ្ងៃចន្ទ។"


def _chromium() -> str:
    """Where Chromium is. In CI there has to be one."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine: apt install chromium")
        pytest.skip("no Chromium on this machine: apt install chromium")
    return found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk that is served from a thread of its own."""
    played = Played(tmp_path_factory.mktemp("desk"))
    played.database.transact_now(_fill)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving = server(f"127.0.0.1:{port}", lambda: application(played.desk()))
    assert serving
    thread = threading.Thread(target=lambda: asyncio.run(serving.serve()))
    thread.start()
    yield f"http://127.0.0.1:{port}"
    serving.should_exit = True
    thread.join(10)
    played.database.close()


def _fill(conn: Connection) -> None:
    """Two cases, one told in Khmer and one in Persian, and a candidate with a long name."""
    articles.add(conn, [reading("a1", title=KHMER, text=KHMER), reading("a2", title=PERSIAN, text=PERSIAN)])
    incidents.save(conn, incident(citations=(citation("a1", title=KHMER, quote=KHMER),)))
    other = incident("i-2", watch=(LEILA.id,), country=("IR",), place="تهران", by="نیروهای امنیتی")
    told = citation("a2", title=PERSIAN, quote=PERSIAN, url="https://" + "a" * 90 + ".example/" + "b" * 200)
    incidents.save(conn, replace(other, key="v1:2", citations=(told,)))
    reports.add(conn, [(report(), "i-1")])
    people.add(conn, "Chan " + "Dara" * 12, "i-1", "a1", NOW)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        yield made
        made.close()


def _opened(browser: Browser, address: str, size: dict[str, int], *, script: bool = True) -> tuple[Page, list[str]]:
    """A page behind the token, and everything the browser complains about."""
    page = browser.new_context(viewport=size, java_script_enabled=script).new_page()  # type: ignore[arg-type]  # a size
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(f"{address}/incidents/i-1")
    page.fill("input[name=reader]", "Mina")
    page.fill("input[name=token]", TOKEN)
    page.click("main button")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/incidents/i-1")
    return page, complaints


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_fits_its_screen_and_breaks_no_rule_of_its_own(
    browser: Browser, address: str, size: dict[str, int]
) -> None:
    page, complaints = _opened(browser, address, size)
    shots = os.environ.get("HRD_MONITOR_SCREENSHOTS")
    for path in PATHS:
        answer = page.goto(address + path)
        assert answer
        assert answer.status == 200, path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} pixels wider than the screen"
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "the style sheet is applied"
        if shots:
            name = path.strip("/").replace("/", "-").replace("?", "-") or "overview"
            page.screenshot(path=str(Path(shots) / f"{name}-{size['width']}.png"), full_page=True)
    assert complaints == []
    page.context.close()


def test_quotes_and_names_run_in_their_own_direction(browser: Browser, address: str) -> None:
    page, _ = _opened(browser, address, DESKTOP)
    page.goto(f"{address}/incidents/i-2")
    direction = "e => getComputedStyle(e).direction"
    assert page.eval_on_selector("blockquote", direction) == "rtl"
    assert page.eval_on_selector("main", direction) == "ltr"
    page.goto(f"{address}/incidents/i-1")
    assert page.eval_on_selector("blockquote", direction) == "ltr"
    assert page.inner_text("blockquote") == KHMER
    page.context.close()


def test_without_script_an_alert_is_taken_and_an_entry_is_tried(browser: Browser, address: str) -> None:
    page, _ = _opened(browser, address, PHONE, script=False)
    page.click("button[value=take]")
    assert page.url.endswith("/incidents/i-1")
    assert "take" in page.inner_text(".timeline")
    page.goto(f"{address}/defenders/new")
    page.fill("input[name=name]", "لیلا امیدوار")
    page.click("button[value=try]")
    assert "Nothing is written yet" in page.inner_text(".tried")
    assert page.input_value("input[name=name]") == "لیلا امیدوار"
    page.context.close()


def test_a_keyboard_reaches_everything_and_each_field_has_its_label(browser: Browser, address: str) -> None:
    page, _ = _opened(browser, address, DESKTOP)
    page.goto(f"{address}/defenders/new")
    bare = page.eval_on_selector_all(
        "main input:not([type=hidden]), main select, main textarea",
        "all => all.filter(e => e.labels.length === 0).length",
    )
    assert bare == 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.context.close()
