"""The incidents: the list with its chart, one incident with its timeline and clock, its appeal card, and what people do about it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from alerts import inbox
from alerts.inbox import ACTIONS
from monitor.casework.clock import statements
from monitor.casework.pressed import follow
from monitor.casework.terms import Terms
from monitor.casework.verbs import record, resolve
from monitor.errors import CaseworkError
from monitor.incidents import appeal, wording
from monitor.incidents.answers import Question, Statement
from monitor.incidents.clock import due, next_look
from monitor.incidents.compose import headline
from monitor.incidents.rulings import Ruling, Verb, care, in_force
from monitor.model import Defender, Incident, Watchlist
from monitor.store import incidents, rulings
from monitor.web.charts import HEIGHT, WIDTH, bars, weekly
from monitor.web.pages import Form, Pages
from monitor.web.work import Work

LISTED: Final = 200  #: incidents on one page; the search finds older ones
CHARTED: Final = 5_000  #: incidents a chart counts
MAX_NOTE: Final = 4_000  #: characters of a note


def named(incident: Incident, watchlist: Watchlist) -> str:
    """Whom it befell, as the team writes the name; the id of somebody who is not on the list any more."""
    known = watchlist.by_id()
    names = [known[w].name if w in known else w for w in incident.watch]
    return wording.SOMEBODY[incident.relation] + (", ".join(names) or incident.assembly or "an assembly")


def row(incident: Incident, watchlist: Watchlist) -> Mapping[str, Any]:
    """One line of a list."""
    return {
        "id": incident.id,
        "who": named(incident, watchlist),
        "watch": incident.watch,
        "done": wording.DONE[headline(incident)],
        "liberty": wording.LIBERTY[incident.liberty] if incident.watch else "",
        "country": ", ".join(incident.country),
        "date": str(incident.occurrence or ""),
        "severity": incident.severity.value,
        "independent": incident.independent,
        "updated": incident.updated,
    }


def whole(connection: Connection, name: str, terms: Terms, now: datetime) -> dict[str, Any]:
    """Everything about one incident. Raises CaseworkError for an id nobody gave."""
    incident = resolve(connection, name)
    made = rulings.of_incident(connection, incident.id)
    mine = care(made)
    said = statements(connection, incident, terms)
    limits, zone = terms.clocks.of(incident.country)
    defender = terms.watchlist.by_id().get(incident.watch[0]) if incident.watch else None
    return {
        "incident": incident,
        "who": named(incident, terms.watchlist),
        "defender": defender,
        "done": wording.DONE[headline(incident)],
        "liberty": wording.LIBERTY[incident.liberty],
        "charges": wording.CHARGES[incident.charges],
        "care": mine,
        "facts": [(wording.FACTS.get(f.key, f.key), f.value) for f in incident.facts],
        "team": mine.facts,
        "timeline": timeline(incident, made),
        "questions": questions(said),
        "overdue": [a.text for a in due(incident, said, mine, (), limits, zone, now)],
        "next": next_look(incident, said, mine, limits, zone, now),
        "warning": [line.text for line in appeal.warning(incident, mine)],
        "missing": [line.text for line in appeal.missing(incident, defender, mine)],
        "consent": consent(defender),
    }


def timeline(incident: Incident, made: Sequence[Ruling]) -> list[Mapping[str, Any]]:
    """What was reported and what the team recorded, oldest first."""
    valid = {r.id for r in in_force(made)}
    reported = [
        {
            "at": c.seen,
            "who": c.publisher,
            "what": wording.DONE[c.act],
            "quote": c.quote,
            "url": c.url,
            "title": c.title,
            "undone": False,
        }
        for c in incident.citations
    ]
    recorded = [
        {"at": r.at, "who": r.by, "what": f"{r.verb.value.replace('-', ' ')} {r.about}".strip(), "quote": r.text, "url": None, "title": "", "undone": r.id not in valid}
        for r in made
    ]  # fmt: skip
    return sorted([*reported, *recorded], key=lambda x: x["at"])


def questions(said: Sequence[Statement]) -> list[Mapping[str, Any]]:
    """Each question of the custody clock with its newest answer; a claim of the state's own outlets is shown and answers nothing."""
    newest = {s.question: s for s in said}
    return [
        {
            "question": q.value.replace("_", " "),
            "answered": q in newest and newest[q].answers and not newest[q].claim,
            "text": newest[q].text if q in newest else "",
            "by": newest[q].by if q in newest else "",
            "claim": q in newest and newest[q].claim,
        }
        for q in Question
    ]


def consent(defender: Defender | None) -> str:
    """What an appeal has to say about publicity."""
    if defender is None:
        return "not on the list: no consent is known"
    given = {"given": "the person agreed to being named", "family": "the family agreed to being named"}
    return given.get(defender.consent, "INTERNAL: no consent to publish is recorded")


@dataclass(frozen=True, slots=True)
class _Incidents:
    """The pages of incidents, and what their forms do."""

    work: Work
    pages: Pages

    async def listing(self, request: Request) -> Response:
        """The incidents that moved last, and how many people were taken week by week."""
        country = request.query_params.get("country", "").upper()[:2] or None
        found, counted = await self.work.read(
            lambda c: (incidents.listing(c, LISTED, country=country), incidents.listing(c, CHARTED, country=country))
        )
        watchlist = self.work.terms().watchlist
        chart = bars(weekly(counted, self.work.now().date()))
        rows = [row(i, watchlist) for i in found]
        return self.pages.show(
            request, "incidents.html", rows=rows, chart=chart, country=country or "", width=WIDTH, height=HEIGHT
        )

    async def one(self, request: Request) -> Response:
        """One incident."""
        return await self._shown(request, "incident.html")

    async def card(self, request: Request) -> Response:
        """What an urgent appeal needs, on one page to print or copy."""
        return await self._shown(request, "appeal.html")

    async def _shown(self, request: Request, template: str) -> Response:
        name = request.path_params["name"]
        try:
            values = await self.work.read(lambda c: whole(c, name, self.work.terms(), self.work.now()))
        except CaseworkError:
            return self.pages.show(request, "missing.html", 404, what="incident", name=name)
        return self.pages.show(request, template, actions=ACTIONS, **values)

    async def act(self, request: Request, form: Form) -> Response:
        """What a button under an alert does, from here."""
        name, action = request.path_params["name"], form.get("action", "")
        if action not in ACTIONS:
            return PlainTextResponse("there is no such action", 400)
        reader = self.pages.door.reader(request) or "desk"
        try:
            await self.work.write(lambda c: _pressed(c, name, action, reader, self.work))
        except CaseworkError:
            return self.pages.show(request, "missing.html", 404, what="incident", name=name)
        return RedirectResponse(f"/incidents/{name}", 303)

    async def note(self, request: Request, form: Form) -> Response:
        """Something the team knows, in its own words."""
        name, text = request.path_params["name"], form.get("text", "").strip()[:MAX_NOTE]
        if text:
            ruling = Ruling(
                incident=name,
                verb=Verb.NOTE,
                by=self.pages.door.reader(request) or "desk",
                at=self.work.now(),
                text=text,
            )
            try:
                await self.work.write(lambda c: record(c, ruling, self.work.terms()))
            except CaseworkError:
                return self.pages.show(request, "missing.html", 404, what="incident", name=name)
        return RedirectResponse(f"/incidents/{name}", 303)


def routes(work: Work, pages: Pages) -> list[BaseRoute]:
    """The addresses of this family of pages."""
    made = _Incidents(work, pages)
    return [
        Route("/incidents", pages.guarded(made.listing)),
        Route("/incidents/{name}", pages.guarded(made.one)),
        Route("/incidents/{name}/appeal", pages.guarded(made.card)),
        Route("/incidents/{name}/act", pages.doing(made.act), methods=["POST"]),
        Route("/incidents/{name}/note", pages.doing(made.note), methods=["POST"]),
    ]


def _pressed(connection: Connection, name: str, action: str, reader: str, work: Work) -> None:
    """A press like any other: kept, shown above the message to all who have it, and followed in the same transaction."""
    incident = resolve(connection, name)
    terms, now = work.terms(), work.now()
    inbox.put(connection, f"desk:{secrets.token_hex(8)}", incident.id, action, reader, now)
    what = f"{ACTIONS[action]}: {reader}"
    inbox.show(connection, incident.id, what, terms.destinations, terms.secret, now)
    follow(connection, terms, now)
