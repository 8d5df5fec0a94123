"""The watchlist: who is on it, one entry with its spellings and incidents, and the one form that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.casework.clock import statements
from monitor.config import watch_writer
from monitor.errors import ConfigError, Mistake
from monitor.incidents.clock import next_look
from monitor.incidents.rulings import care
from monitor.match import build, lab
from monitor.model import Defender, Priority, Sensitivity, Watchlist
from monitor.store import incidents, rulings
from monitor.web.incidents import row
from monitor.web.pages import Form, Pages
from monitor.web.work import Work

LISTED: Final = 50  #: incidents of one person that are shown


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. many: one value a line; choices: what may be chosen, "" for nothing."""

    key: str
    label: str
    help: str
    many: bool = False
    choices: tuple[str, ...] = ()
    long: bool = False


FIELDS: Final = (
    Field("name", "Name", "as your team writes it"),
    Field("names", "Other spellings", "one a line, in every script that your sources write", many=True),
    Field("known_as", "Known as", "whole phrases that mean this person, one a line", many=True),
    Field("kind", "Kind", "", choices=("", "person", "organisation", "community")),
    Field("country", "Country", "where the risk comes from: KH, or the name; one a line", many=True),
    Field("lives_in", "Lives in", "when elsewhere; one a line", many=True),
    Field("organisations", "Organisations", "one a line", many=True),
    Field("places", "Places", "one a line", many=True),
    Field("context", "Context", "words that support a match on a common name, one a line", many=True),
    Field("not", "Not", "words for somebody else of this name, one a line: footballer", many=True),
    Field("priority", "Priority", "", choices=("", *Priority)),
    Field("sensitivity", "What may leave this machine", "", choices=("", *Sensitivity)),
    Field("codename", "Code name", "shown in place of the name; the id when empty"),
    Field(
        "silent_to",
        "Told in silence",
        "for a silent entry: the channels that get a page without content, one a line",
        many=True,
    ),
    Field("tags", "Tags", "one a line", many=True),
    Field("case", "Case", "your own number"),
    Field("owner", "Case lead", ""),
    Field("consent", "Consent to being named", "", choices=("", "given", "family", "refused", "not_asked")),
    Field("gender", "Gender", "wording only", choices=("", "f", "m", "x")),
    Field("review_by", "Look at it again by", "2027-03-01"),
    Field("should_match", "Must match", "sentences that must be found, one a line", many=True, long=True),
    Field("should_not_match", "Must not match", "sentences that must not, one a line", many=True, long=True),
    Field("note", "Note", "never leaves this machine", long=True),
)


def entry(form: Form, held: Mapping[str, Any]) -> dict[str, Any]:
    """The entry that a form describes; keys that the form does not have stay as they are held."""
    made = {k: v for k, v in held.items() if k not in {f.key for f in FIELDS}}
    for field in FIELDS:
        text = form.get(field.key, "").strip()
        if field.many:
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            if lines:
                made[field.key] = lines
        elif text:
            made[field.key] = watch_writer.parsed(field.key, text)
    return made


def written(held: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each field for an entry as the file has it."""
    return {f.key: "\n".join(map(str, v)) if isinstance(v := held.get(f.key, ""), list) else str(v) for f in FIELDS}


def spelled(defender: Defender, work: Work) -> list[lab.Spelling]:
    """The spellings an entry is found under, tried on a list of its own."""
    index = build(Watchlist(defenders=(defender,)), work.packs())
    return list(lab.spellings(defender, index))


@dataclass(frozen=True, slots=True)
class _Defenders:
    """The pages of the watchlist, and its form."""

    work: Work
    pages: Pages

    async def listing(self, request: Request) -> Response:
        """Everybody on the list."""
        return self.pages.show(request, "defenders.html", defenders=self.work.terms().watchlist.defenders)

    async def one(self, request: Request) -> Response:
        """One entry: what it says, what it is found under, what befell the person."""
        name = request.path_params["name"]
        defender = self.work.terms().watchlist.by_id().get(name)
        if defender is None:
            return self.pages.show(request, "missing.html", 404, what="entry", name=name)
        terms, now = self.work.terms(), self.work.now()

        def cases(connection: Any) -> list[dict[str, Any]]:
            """Their incidents, each with when its clock rings next."""
            found = []
            for incident in incidents.listing(connection, LISTED, watch=name):
                limits, zone = terms.clocks.of(incident.country)
                mine = care(rulings.of_incident(connection, incident.id))
                due = next_look(incident, statements(connection, incident, terms), mine, limits, zone, now)
                found.append({**row(incident, terms.watchlist), "next": due, "over": mine.over})
            return found

        spellings = await asyncio.to_thread(spelled, defender, self.work)
        rows = await self.work.read(cases)
        return self.pages.show(request, "defender.html", defender=defender, spellings=spellings, rows=rows)

    async def blank(self, request: Request) -> Response:
        """The form for somebody new; a candidate's name and country may be given."""
        given = {f.key: request.query_params.get(f.key, "") for f in FIELDS}
        return self._form(request, None, given)

    async def filled(self, request: Request) -> Response:
        """The form with what the file says."""
        name = request.path_params["name"]
        try:
            _, _, held = await asyncio.to_thread(watch_writer.find, self.work.watchlist, name)
        except ConfigError:
            return self.pages.show(request, "missing.html", 404, what="entry", name=name)
        return self._form(request, name, written(held))

    async def save(self, request: Request, form: Form) -> Response:
        """Try the entry, or write it; a mistake is shown with everything that was typed."""
        name = request.path_params.get("name")
        dry = form.get("do") != "save"
        try:
            new, watchlist = await asyncio.to_thread(_write, form, name, self.work, dry)
        except ConfigError as error:
            return self._form(request, name, form, mistakes=error.mistakes)
        if not dry:
            return RedirectResponse(f"/defenders/{new}/edit?saved=1", 303)
        defender = watchlist.by_id()[new]
        spellings = await asyncio.to_thread(spelled, defender, self.work)
        difference = await self.work.difference(watchlist)
        return self._form(request, name, form, tried=new, spellings=spellings, difference=difference)

    def _form(self, request: Request, name: str | None, values: Mapping[str, str], **said: Any) -> Response:
        shown = {"mistakes": (), "tried": None, "spellings": (), "difference": None, **said}
        status = 400 if shown["mistakes"] else 200
        saved = "saved" in request.query_params and not said
        return self.pages.show(
            request, "form.html", status, fields=FIELDS, values=values, name=name, saved=saved, **shown
        )


def routes(work: Work, pages: Pages) -> list[BaseRoute]:
    """The addresses of this family of pages."""
    made = _Defenders(work, pages)
    return [
        Route("/defenders", pages.guarded(made.listing)),
        Route("/defenders/new", pages.guarded(made.blank)),
        Route("/defenders/new", pages.doing(made.save), methods=["POST"]),
        Route("/defenders/{name}", pages.guarded(made.one)),
        Route("/defenders/{name}/edit", pages.guarded(made.filled)),
        Route("/defenders/{name}/edit", pages.doing(made.save), methods=["POST"]),
    ]


def _write(form: Form, name: str | None, work: Work, dry: bool) -> tuple[str, Watchlist]:
    """Write the entry of a form, or only try it: its id, and the list as it then reads. Raises ConfigError."""
    if not form.get("name", "").strip():
        raise ConfigError((Mistake("name", 0, 0, "the entry has no name", "write the name as your team does"),))
    if name is not None:
        return name, watch_writer.edit(work.watchlist, name, lambda held: entry(form, held), dry=dry)
    made = entry(form, {})
    fresh = watch_writer.fresh_id(work.watchlist, made.get("country", ()))
    return fresh, watch_writer.add(work.watchlist, [{"id": fresh, **made}], dry=dry)
