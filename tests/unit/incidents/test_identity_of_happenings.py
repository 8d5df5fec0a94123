"""Which reports become one incident, and which must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from monitor.incidents.assign import assign
from monitor.model import Act, Aspect, Charges, Custody, Liberty, Reason, Relation, Strength
from tests.unit.incidents.made import DAY, LIST, NOW, citation, fact, report, told


def test_forty_reports_of_one_arrest_are_one_incident_and_at_most_three_messages() -> None:
    steps = told(*[(report(), f"outlet-{n}") for n in range(40)])
    assert len({a.after.id for a, _ in steps if a.after}) == 1
    assert [d.reason for _, d in steps if d.reason is not Reason.NONE] == [
        Reason.FIRST_REPORT,
        Reason.CORROBORATED,
        Reason.CORROBORATED,
    ]


def test_copies_of_one_house_count_once() -> None:
    steps = told((report(), "ngo"), (report(), "ngo"), (report(), "ngo"))
    last = steps[-1][0].after
    assert last is not None
    assert last.independent == 1
    assert [d.reason for _, d in steps[1:]] == [Reason.NONE, Reason.NONE]


def test_an_arrest_months_later_is_another_incident_that_follows_the_first() -> None:
    first, second = (a.after for a, _ in told((report(), "ngo"), (report(day=DAY + timedelta(days=60)), "ngo")))
    assert first
    assert second
    assert first.id != second.id
    assert second.follows == first.id


def test_the_first_date_is_fixed_so_that_a_chain_of_re_arrests_never_fuses() -> None:
    steps = told(*[(report(day=DAY + timedelta(days=2 * n)), "ngo") for n in range(4)])
    assert len({a.after.id for a, _ in steps if a.after}) == 2


def test_a_charge_and_a_release_stay_in_the_thread_of_the_arrest_and_are_told() -> None:
    steps = told(
        (report(), "ngo"),
        (report(Act.CHARGE, DAY + timedelta(days=2)), "news"),
        (report(Act.RELEASE, DAY + timedelta(days=9)), "ngo"),
    )
    assert len({a.after.id for a, _ in steps if a.after}) == 1
    assert [d.reason for _, d in steps] == [Reason.FIRST_REPORT, Reason.STATE_CHANGED, Reason.STATE_CHANGED]
    last = steps[-1][0].after
    assert last
    assert last.liberty is Liberty.FREED
    assert last.charges is Charges.CHARGED
    assert steps[-1][1].broadcast


def test_a_sentence_nobody_heard_the_beginning_of_opens_an_incident() -> None:
    ((assignment, decision),) = told((report(Act.SENTENCE), "ngo"))
    assert assignment.after
    assert assignment.before is None
    assert decision.reason is Reason.FIRST_REPORT
    assert assignment.after.charges is Charges.CONVICTED


def test_what_befell_a_relative_is_never_the_defenders_own_incident() -> None:
    own, kin = (a.after for a, _ in told((report(), "ngo"), (report(relation=Relation.RELATIVE), "ngo")))
    assert own
    assert kin
    assert own.id != kin.id


def test_a_neighbours_newspaper_tells_the_same_arrest() -> None:
    here, there = (a.after for a, _ in told((report(), "ngo"), (report(country=("TH",)), "wire")))
    assert here
    assert there
    assert here.id == there.id
    assert there.country == ("KH",)


def test_an_act_on_an_assembly_in_another_country_is_another_happening() -> None:
    act = report(Act.ASSEMBLY_BAN, watch=None, assembly="all-assemblies", place=None)
    here, there = (a.after for a, _ in told((act, "ngo"), (replace(act, country=("TH",)), "ngo")))
    assert here
    assert there
    assert here.id != there.id


def test_a_report_that_does_not_alert_opens_nothing_and_tells_nobody() -> None:
    quiet = report(aspect=Aspect.HISTORICAL, alerts=False)
    assignment = assign(quiet, citation(quiet), [], LIST, NOW)
    assert assignment.after is None
    steps = told((report(), "ngo"), (quiet, "news"))
    assert steps[1][1].reason is Reason.NONE


def test_a_new_place_of_detention_is_told_and_another_wording_of_it_is_not() -> None:
    steps = told(
        (report(), "ngo"),
        (report(facts=(fact("held_at", "Prison One"),)), "ngo"),
        (report(facts=(fact("held_at", "prison 1"),)), "ngo"),
    )
    assert [d.reason for _, d in steps] == [Reason.FIRST_REPORT, Reason.MATERIAL_FACT, Reason.NONE]
    last = steps[-1][0].after
    assert last
    assert last.custody is Custody.PLACE_KNOWN


def test_an_earlier_stage_told_later_takes_nothing_back() -> None:
    steps = told((report(), "ngo"), (report(Act.RELEASE, DAY + timedelta(days=1)), "ngo"), (report(), "late-news"))
    last = steps[-1][0].after
    assert last
    assert last.liberty is Liberty.FREED
    assert steps[-1][1].reason is Reason.CORROBORATED or steps[-1][1].reason is Reason.NONE


def test_the_order_of_arrival_changes_nothing_where_dates_are_stated() -> None:
    stated = [
        (report(article_id="x1"), "ngo"),
        (report(article_id="x2", day=DAY + timedelta(days=1)), "news"),
        (report(article_id="x3", day=DAY + timedelta(days=40)), "ngo"),
        (report(article_id="x4", day=DAY + timedelta(days=41)), "wire"),
    ]
    partitions = set()
    for order in permutations(stated):
        groups: dict[str, set[str]] = {}
        for (made, _), (assignment, _) in zip(order, told(*order), strict=True):
            assert assignment.after
            groups.setdefault(assignment.after.id, set()).add(made.article_id)
        partitions.add(frozenset(frozenset(g) for g in groups.values()))
    assert len(partitions) == 1


def test_the_same_article_read_twice_changes_nothing() -> None:
    again = report(article_id="same")
    steps = told((again, "ngo"), (again, "ngo"))
    last = steps[-1][0].after
    assert last
    assert len(last.citations) == 1
    assert steps[1][1].reason is Reason.NONE


def test_a_weak_name_never_alerts_by_itself() -> None:
    weak = replace(report(), strength=Strength.WEAK, alerts=False, reasons=("the name is weak",))
    assert assign(weak, citation(weak), [], LIST, NOW).after is None
