"""`hrd-monitor incident …`: what a responder knows, decides and corrects; each is kept with who and when, and can be undone."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import typer

from alerts.channels import destination
from monitor.casework import verbs
from monitor.casework.terms import Terms, Told, terms_of
from monitor.cli import incident_shown
from monitor.cli.options import Json, opened, settings
from monitor.config import load
from monitor.errors import CaseworkError
from monitor.incidents.rulings import Ruling, Verb
from monitor.store import incidents
from monitor.store.database import Database
from monitor.store.install import secret

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Take, correct and complete incidents; everything can be undone."
)

T = TypeVar("T")
Id = Annotated[str, typer.Argument(metavar="ID", help="The incident, as its messages name it.")]
By = Annotated[str | None, typer.Option("--by", help="Who records it; the name of the login when it is left out.")]
Text = Annotated[str, typer.Option("--text", "--reason", help="Why, in a few words.")]

#: The options of `fact` and what each is about.
_ABOUT = {
    "whereabouts": "whereabouts",
    "lawyer": "lawyer",
    "family": "family",
    "health": "health",
    "hearing": "next_date",
    "freed": "freed",
}


def simple(verb: Verb, help_text: str) -> None:
    """Add a verb that needs nothing but the incident and, where there is one, a reason."""

    @app.command(verb.value, help=f"{help_text}\n\nExample: hrd-monitor incident {verb.value} i-0123456789abcdef")
    def command(incident: Id, by: By = None, text: Text = "") -> None:
        _recorded(verb, incident, by, text=text)


simple(Verb.TAKE, "Say that you are on it.")
simple(Verb.RIGHT, "Say that the report is about the right person and event.")
simple(Verb.WRONG_PERSON, "Take the alert back: it is not this person.")
simple(Verb.OLD_NEWS, "Take the alert back: it happened long ago.")
simple(Verb.KNOWN, "The team knows it: from now on only what cannot wait is sent.")
simple(Verb.VERIFY, "Record that the team has verified it itself; a reported death is then no longer unverified.")
simple(Verb.CLOSE, "Nothing more is to be done: stop its clocks.")


@app.command("note")
def note(incident: Id, text: Annotated[str, typer.Argument(help="The note.")], by: By = None) -> None:
    """Add a note that stays on this machine.

    Example: hrd-monitor incident note i-0123456789abcdef "called the bar association"
    """
    _recorded(Verb.NOTE, incident, by, text=text)


@app.command("mute")
def mute(
    incident: Id,
    days: Annotated[int, typer.Option("--days", min=1, max=90, help="For how many days.")] = 7,
    by: By = None,
    text: Text = "",
) -> None:
    """Send nothing of it for some days but what cannot wait: a change of liberty, torture, death, a sentence, a correction.

    Example: hrd-monitor incident mute i-0123456789abcdef --days 3
    """
    _recorded(Verb.MUTE, incident, by, text=text, until=datetime.now(UTC) + timedelta(days=days))


@app.command("fact")
def fact(
    incident: Id,
    whereabouts: Annotated[str | None, typer.Option("--whereabouts", help="Where the person is.")] = None,
    lawyer: Annotated[str | None, typer.Option("--lawyer", help="What is known of contact with a lawyer.")] = None,
    family: Annotated[str | None, typer.Option("--family", help="What is known of contact with the family.")] = None,
    health: Annotated[str | None, typer.Option("--health", help="How the person is.")] = None,
    hearing: Annotated[str | None, typer.Option("--hearing", help="The next date, with its day as 2026-03-20.")] = None,
    freed: Annotated[str | None, typer.Option("--freed", help="How the person came free.")] = None,
    by: By = None,
) -> None:
    """Record what the team knows itself; the custody clock counts it as an answer, with who and when.

    Example: hrd-monitor incident fact i-0123456789abcdef --lawyer "saw her this morning"
    """
    said = {
        "whereabouts": whereabouts,
        "lawyer": lawyer,
        "family": family,
        "health": health,
        "hearing": hearing,
        "freed": freed,
    }
    given = {k: v for k, v in said.items() if v}
    if not given:
        raise CaseworkError("say what is known: --whereabouts, --lawyer, --family, --health, --hearing or --freed TEXT")
    for key, value in given.items():
        _recorded(Verb.FACT, incident, by, text=value, about=_ABOUT[key])


@app.command("merge")
def merge(
    incident: Id, other: Annotated[str, typer.Argument(help="The incident it is part of.")], by: By = None
) -> None:
    """Make an incident part of another one of the same person; its id goes on leading there.

    Example: hrd-monitor incident merge i-0123456789abcdef i-fedcba9876543210
    """
    _recorded(Verb.MERGE, incident, by, other=other)


@app.command("split")
def split(
    incident: Id,
    articles: Annotated[list[str], typer.Argument(help="The articles that belong to another happening.")],
    by: By = None,
) -> None:
    """Take articles out into an incident of their own, which is alerted as new; the two are never joined again.

    Example: hrd-monitor incident split i-0123456789abcdef a7 a9
    """
    _recorded(Verb.SPLIT, incident, by, articles=tuple(articles))


@app.command("move")
def move(
    incident: Id,
    article: Annotated[str, typer.Argument(help="The article.")],
    other: Annotated[str, typer.Argument(help="The incident it belongs to.")],
    by: By = None,
) -> None:
    """Move one article to another incident; it and its copies never come back.

    Example: hrd-monitor incident move i-0123456789abcdef a7 i-fedcba9876543210
    """
    _recorded(Verb.MOVE, incident, by, articles=(article,), other=other)


@app.command("undo")
def undo(
    incident: Id,
    number: Annotated[int | None, typer.Argument(help="Which ruling; the last one when left out.")] = None,
    by: By = None,
) -> None:
    """Take back what was recorded last, or the ruling with this number.

    Example: hrd-monitor incident undo i-0123456789abcdef
    """
    _recorded(Verb.UNDO, incident, by, undoes=number)


@app.command("list")
def listing(
    watch: Annotated[str | None, typer.Option("--watch", help="Only one defender's, by id.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Only one country's, by its two letters.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")] = 50,
    as_json: Json = False,
) -> None:
    """List the incidents that moved last.

    Example: hrd-monitor incident list --country KH
    """
    database = opened()
    try:
        found = database.read_now(lambda c: incidents.listing(c, limit, watch=watch, country=country))
    finally:
        database.close()
    for one in found:
        row = incident_shown.row(one)
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else "  ".join(str(v) for v in row.values() if v))


@app.command("show")
def show(incident: Id, as_json: Json = False) -> None:
    """Show one incident: where it stands, its articles, its clock, and everything that was recorded.

    Example: hrd-monitor incident show i-0123456789abcdef
    """
    shown = _with(
        lambda database, terms: database.read_now(lambda c: incident_shown.whole(c, incident, terms, datetime.now(UTC)))
    )
    typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else incident_shown.plain(shown))


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="incident")
    root.add_typer(app, name="incidents", hidden=True)


def _recorded(verb: Verb, incident: str, by: str | None, **said: Any) -> None:
    """Keep one ruling and say on standard output what followed from it."""
    ruling = Ruling(incident=incident, verb=verb, by=by or getpass.getuser(), at=datetime.now(UTC), **said)

    def work(database: Database, terms: Terms) -> tuple[Told, ...]:
        return database.transact_now(lambda c: verbs.record(c, ruling, terms))

    told = _with(work)
    typer.echo(f"recorded: {verb.value} {incident} by {ruling.by}")
    for one in told:
        to = ", ".join(dict.fromkeys(t.channel for t in one.targets)) or "nobody"
        typer.echo(f"told: {one.alert.reason} in case {one.incident.id}, to {to}")
    if verb is Verb.WRONG_PERSON:
        patch = _with(lambda database, terms: database.read_now(lambda c: incident_shown.patch(c, incident, terms)))
        typer.echo(patch)


def _with(work: Callable[[Database, Terms], T]) -> T:
    """Do something with the database and the terms in force. Raises ConfigError, StoreError or CaseworkError."""
    configuration = load(settings())
    database = opened()
    try:
        destinations = {name: destination(kind, s) for name, (kind, s) in configuration.channels.items()}
        return work(database, terms_of(configuration, destinations, database.read_now(secret), lambda _name: None))
    finally:
        database.close()
