"""Burmese in the Zawgyi encoding is read as what it says, and what is found in it is found where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.article import clean
from monitor.text.normalize import normalize
from monitor.text.zawgyi import aligned, to_unicode, zawgyi

UNICODE = "ရဲက သတင်းထောက်ကို ဖမ်းဆီးခဲ့သည်။ မြန်မာနိုင်ငံ"
ZAWGYI = "ရဲက သတင္းေထာက္ကို ဖမ္းဆီးခဲ့သည္။ ျမန္မာႏိုင္ငံ"

ZAWGYI_BROKEN = f"{ZAWGYI} မႈု"


def test_zawgyi_is_told_from_unicode() -> None:
    assert zawgyi(ZAWGYI)
    assert not zawgyi(UNICODE)
    assert not zawgyi("Police arrested a reporter")
    assert not zawgyi("")


def test_an_article_in_zawgyi_is_kept_in_unicode() -> None:
    assert clean(f"<p>{ZAWGYI}</p>") == UNICODE
    assert to_unicode(UNICODE) == UNICODE


def test_what_is_found_in_zawgyi_points_at_its_own_letters() -> None:
    form = normalize(ZAWGYI)
    word = normalize("ဖမ်းဆီး").text
    at = form.text.index(word)
    assert form.text == normalize(UNICODE).text
    assert ZAWGYI[slice(*form.back(at, at + len(word)))] == "ဖမ္းဆီး"


@given(st.text(st.sampled_from([chr(c) for c in range(0x1000, 0x10A0)] + [" ", "a", "\u200b"]), max_size=60))
def test_every_code_point_comes_from_one_of_the_text(text: str) -> None:
    converted, offsets = aligned(text)
    assert len(offsets) == len(converted) + 1
    assert offsets == sorted(offsets)
    assert not offsets or (offsets[0] >= 0 and offsets[-1] == len(text))


def test_what_cannot_be_converted_is_kept_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "မႈု" in ZAWGYI_BROKEN
    assert to_unicode(ZAWGYI_BROKEN).startswith("ရဲက")
    assert capsys.readouterr().out == ""
