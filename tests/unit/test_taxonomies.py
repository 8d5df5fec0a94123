"""Every act and every state has its place in the taxonomies others count by, or says that it has none."""

from __future__ import annotations

import itertools

import pytest

from monitor.taxonomies import CODES, full, status, whereabouts
from monitor.terms import Act, Charges, Custody, Liberty


def test_every_act_has_a_row_and_every_code_is_well_formed() -> None:
    assert set(CODES) == set(Act)
    for codes in CODES.values():
        for code in codes.huridocs:
            assert code.isdigit()
            assert len(code) % 2 == 0
            assert len(full(code)) == 12


@pytest.mark.parametrize(
    ("liberty", "charges", "code"),
    [
        (Liberty.HELD, Charges.NONE_KNOWN, "020200000000"),
        (Liberty.HELD, Charges.CHARGED, "020202000000"),
        (Liberty.HELD, Charges.CONVICTED, "020203000000"),
        (Liberty.FREED, Charges.ACQUITTED, "020104000000"),
        (Liberty.FREED, Charges.NONE_KNOWN, "020100000000"),
        (Liberty.HOUSE_ARREST, Charges.CHARGED, "030100000000"),
        (Liberty.REPORTED_DEAD, Charges.CHARGED, "010100000000"),
        (Liberty.AT_LIBERTY, Charges.NONE_KNOWN, ""),
    ],
)
def test_where_the_person_stands_is_coded(liberty: Liberty, charges: Charges, code: str) -> None:
    assert status(liberty, charges) == code


def test_every_pair_of_states_has_a_code_or_none() -> None:
    for liberty, charges in itertools.product(Liberty, Charges):
        assert len(status(liberty, charges)) in {0, 12}


def test_capture_that_is_denied_is_told_from_capture_that_is_acknowledged() -> None:
    assert whereabouts(Custody.DENIED) == "020000000000"
    assert whereabouts(Custody.ACKNOWLEDGED) == "010200000000"
    assert whereabouts(None) == ""
