"""Events × mentions → reports: a report names a defender only when the event befell that person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.incidents.families import Family, assembly_acts, family
from monitor.model import (
    Article,
    Aspect,
    Assembly,
    Defender,
    Event,
    Fact,
    Mention,
    Occurrence,
    Relevance,
    Report,
    Span,
    Strength,
    Watchlist,
)

OLD = timedelta(days=14)  #: an occurrence older than this before publication is history unless a new stage is told
LATE = timedelta(
    days=31
)  #: up to this it may be a first report that comes late, where the article tells nothing newer of the person
MAX_QUOTE = 400  #: characters of a quoted sentence; one screen in Slack holds two

_SURE = {Strength.STRONG: 0, Strength.AMBIGUOUS: 1, Strength.WEAK: 2}


def join(
    article: Article, events: Sequence[Event], mentions: Sequence[Mention], watchlist: Watchlist
) -> tuple[Report, ...]:
    """What this article claims was done to whom, one report per defender and act, and per watched assembly and act.

    A listed person who is only named, comments, ordered it, or was taken years ago gives no alerting report.
    """
    found: dict[tuple[str | None, str | None, str, str], Report] = {}
    known = watchlist.by_id()
    for event in events:
        for mention in _befallen(event, mentions):
            _unite(found, _report(article, event, mention, known.get(mention.watch)))
        for assembly in watchlist.assemblies if event.act in assembly_acts() else ():
            if _watched(assembly, article, event):
                _unite(found, _assembly_report(article, event, assembly))
    return tuple(_without_late_background(article, list(_without_echoes(found.values()))))


def _without_late_background(article: Article, told: Sequence[Report]) -> Iterable[Report]:
    """What happened weeks ago is background beside newer news of the same person, and a late first report where there is none."""
    newer = {(r.watch, r.assembly) for r in told if r.alerts and not _old(article, r.occurrence, OLD)}
    for report in told:
        course = family(report.act) is Family.COURSE
        if (
            report.alerts
            and not course
            and _old(article, report.occurrence, OLD)
            and (report.watch, report.assembly) in newer
        ):
            why = f"it happened {report.occurrence}, and the article tells newer things of the same person"
            yield replace(report, alerts=False, reasons=(*report.reasons, why))
        else:
            yield report


def _befallen(event: Event, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """The surest mention of each defender that stands where the event's victims stand."""
    best: dict[str, Mention] = {}
    for mention in mentions:
        if any(mention.span.overlaps(v) for v in event.victims):
            held = best.get(mention.watch)
            if held is None or (_SURE[mention.strength], -mention.score) < (_SURE[held.strength], -held.score):
                best[mention.watch] = mention
    return best.values()


def _report(article: Article, event: Event, mention: Mention, defender: Defender | None) -> Report:
    alerts, why = _deserves(article, event, mention.strength)
    return Report(
        article_id=article.id,
        watch=mention.watch,
        act=event.act,
        aspect=event.aspect,
        relevance=event.relevance,
        relation=event.relation,
        strength=mention.strength,
        occurrence=event.occurrence,
        place=event.place,
        country=_country(article, event, defender),
        by=event.by,
        score=round(min(event.score, mention.score), 4),
        evidence=(event.clause,),
        quote=_quote(article, event.clause),
        facts=event.facts,
        alerts=alerts,
        reasons=(*mention.reasons, *event.reasons, *why),
    )


def _assembly_report(article: Article, event: Event, assembly: Assembly) -> Report:
    alerts, why = _deserves(article, event, Strength.STRONG)
    if event.relevance is Relevance.OTHER:
        alerts, why = False, (*why, "no civic link was found")
    return Report(
        article_id=article.id,
        watch=None,
        act=event.act,
        aspect=event.aspect,
        relevance=event.relevance,
        relation=event.relation,
        strength=Strength.STRONG,
        occurrence=event.occurrence,
        place=event.place,
        country=_country(article, event),
        by=event.by,
        score=event.score,
        evidence=(event.clause,),
        quote=_quote(article, event.clause),
        facts=event.facts,
        alerts=alerts,
        reasons=(*event.reasons, f"an act on an assembly where {assembly.id} watches", *why),
        assembly=assembly.id,
    )


def _deserves(article: Article, event: Event, strength: Strength) -> tuple[bool, tuple[str, ...]]:
    """Whether a report may wake somebody, and why."""
    if event.aspect is not Aspect.ACTUAL:
        return False, (f"told as {event.aspect.value}, not as something that has now happened",)
    if strength is not Strength.STRONG:
        return False, (f"the name is {strength.value}: kept for a person to look at",)
    if _old(article, event.occurrence, LATE) and family(event.act) is not Family.COURSE:
        return False, (f"it happened {event.occurrence}, more than {LATE.days} days before publication",)
    return True, ("a present event that befell a listed person",)


def _old(article: Article, occurrence: Occurrence | None, span: timedelta) -> bool:
    """Whether something ended longer than this before the article was published."""
    return (
        occurrence is not None and article.published is not None and occurrence.last < (article.published - span).date()
    )


def _watched(assembly: Assembly, article: Article, event: Event) -> bool:
    if assembly.acts and event.act not in assembly.acts:
        return False
    where = {event.country} if event.country else set(article.country)
    if assembly.country and not where & set(assembly.country):
        return False
    return bool(assembly.country) or not assembly.places or (event.place or "") in assembly.places


def _country(article: Article, event: Event, defender: Defender | None = None) -> tuple[str, ...]:
    """Where it happened: as the text says; else where the source and the person meet; else where the risk to the person comes from."""
    if event.country:
        return (event.country,)
    if defender is None or not defender.country:
        return article.country
    own = (*defender.country, *defender.lives_in)
    return tuple(c for c in article.country if c in own) or defender.country


def _quote(article: Article, span: Span) -> str:
    text = " ".join(article.field(span.field)[span.start : span.end].split())
    return text if len(text) <= MAX_QUOTE else text[: MAX_QUOTE - 1].rstrip() + "…"


def _unite(found: dict[tuple[str | None, str | None, str, str], Report], new: Report) -> None:
    """Several tellings of one act in one article are one report with several pieces of evidence."""
    key = (new.watch, new.assembly, new.act.value, new.aspect.value)
    old = found.get(key)
    if old is None:
        found[key] = new
        return
    if old.occurrence and new.occurrence and not _meet(old.occurrence, new.occurrence):
        found[(*key[:3], f"{key[3]} {new.occurrence}")] = new  # two happenings of one kind
        return
    first, second = (old, new) if _telling(old) >= _telling(new) else (new, old)
    found[key] = replace(
        first,
        occurrence=_closer(first.occurrence, second.occurrence),
        place=first.place or second.place,
        by=first.by or second.by,
        country=first.country or second.country,
        score=max(first.score, second.score),
        alerts=first.alerts or second.alerts,
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        facts=_facts(first.facts, second.facts),
        reasons=tuple(dict.fromkeys((*first.reasons[:-1], *second.reasons[:-1], first.reasons[-1]))),
    )


def _telling(report: Report) -> tuple[bool, bool, bool, float]:
    """How much of a report a responder can use: one that alerts, dated, from the text rather than the headline, and sure."""
    return report.alerts, report.occurrence is not None, report.evidence[0].field == "text", report.score


def _without_echoes(reports: Iterable[Report]) -> Iterable[Report]:
    """A detention told beside the arrest of the same person and day is its echo: one report, with the facts of both."""
    kept = list(reports)
    for echo, real in (("detention", "arrest"), ("mass_arrest", "arrest"), ("trial", "sentence")):
        for report in [r for r in kept if r.act.value == echo]:
            same = [
                r
                for r in kept
                if r.act.value == real
                and r.watch == report.watch
                and r.assembly == report.assembly
                and r.aspect is report.aspect
                and (r.occurrence is None or report.occurrence is None or _meet(r.occurrence, report.occurrence))
            ]
            if same:
                kept.remove(report)
                kept[kept.index(same[0])] = replace(
                    same[0],
                    facts=_facts(same[0].facts, report.facts),
                    evidence=tuple(dict.fromkeys((*same[0].evidence, *report.evidence))),
                    occurrence=_closer(same[0].occurrence, report.occurrence),
                    alerts=same[0].alerts or report.alerts,
                )
    return kept


def _facts(first: tuple[Fact, ...], second: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple({f.key: f for f in (*second, *first)}.values())


def _meet(one: Occurrence, other: Occurrence) -> bool:
    return one.first <= other.last and other.first <= one.last


def _closer(one: Occurrence | None, other: Occurrence | None) -> Occurrence | None:
    """The more precise of two dates that do not contradict each other."""
    if one is None or other is None:
        return one or other
    return one if one.last - one.first <= other.last - other.first else other
