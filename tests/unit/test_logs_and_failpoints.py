"""Logs carry identifiers and never names or tokens; failpoints end the process where they are told, and only there."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from monitor import logs
from monitor.failpoints import NAMES, passing


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    level = logging.getLogger().level
    yield stream
    logging.getLogger().handlers[:] = before
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


def test_a_name_or_token_that_slips_into_a_log_line_is_taken_out(out: io.StringIO) -> None:
    logs.configure("json", ["Sok Dara", "សុខ ដារ៉ា"], out)
    structlog.get_logger().info(
        "polled",
        source="ngo",
        note="about SOK DARA and សុខ ដារ៉ា",
        deep={"list": ["Sok Dara"]},
        token="xoxb-1-2",
        url="https://u:p@x.example/a?q=1",
    )
    logging.getLogger("library").warning("Sok Dara in %s", "a library")
    text = out.getvalue()
    assert "dara" not in text.casefold()
    assert "ដារ៉ា" not in text
    assert "xoxb" not in text
    assert "u:p" not in text
    assert "q=1" not in text
    assert json.loads(text.splitlines()[0])["source"] == "ngo"


def test_an_error_is_logged_without_the_values_of_its_variables(out: io.StringIO) -> None:
    logs.configure("json", [], out)
    secret = "hunter2"
    try:
        raise ValueError("plain words")
    except ValueError:
        structlog.get_logger().error("it failed", exc_info=True)
    assert "plain words" in out.getvalue()
    assert secret not in out.getvalue()


def test_libraries_that_log_whole_payloads_are_not_heard(out: io.StringIO) -> None:
    logs.configure("json", [], out)
    logging.getLogger("slack_sdk.web.base_client").debug("payload: a name")
    logging.getLogger("httpx").info("GET https://x.example/?q=a")
    assert out.getvalue() == ""


@given(st.lists(st.text(min_size=3, max_size=8), max_size=5), st.text(max_size=60))
def test_no_term_survives_wherever_it_stands(terms: list[str], around: str) -> None:
    clean = logs.Redactor(terms).clean
    for term in terms:
        assert term not in clean(f"{around}{term}{around}") or term in "[withheld]"


def test_a_failpoint_ends_the_process_the_nth_time_it_is_passed() -> None:
    code = "from monitor.failpoints import passing\nstep = passing('after_send@2')\nstep('after_send'); step('after_fetch'); print('alive', flush=True); step('after_send'); print('dead')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 137
    assert done.stdout == "alive\n"


def test_without_a_failpoint_nothing_happens_and_an_unknown_one_is_refused() -> None:
    for name in NAMES:
        passing(None)(name)
    with pytest.raises(ValueError, match="no such point"):
        passing("nowhere@1")
