"""`hrd-monitor channels check|route|test`: which channels can be reached, whom an alert would reach and why, whether a test arrives."""

from __future__ import annotations

import asyncio
import secrets as chance
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from alerts.channels import Channel
from alerts.channels.slack_names import ids
from alerts.model import Alert, AlertKind, Delivery, DeliveryState, Line, Sensitivity, Severity, Verdict
from alerts.routing import explain, targets
from alerts.timers import later
from monitor.cli import records
from monitor.cli.options import Alerts, Json, settings
from monitor.config import Configuration, load
from monitor.config.yaml_reader import read
from monitor.errors import ConfigError, Mistake


def route(configuration: Configuration, alert: Alert, now: datetime) -> list[str]:
    """Whom an alert would reach and why, one sentence a step; then who is told later when nobody takes it."""
    from monitor.channels import channels_known  # noqa: PLC0415 - the daemon's libraries load only where they are needed

    where = channels_known(configuration)
    routing = configuration.routing
    reached = targets(alert, routing, where, now)
    steps = list(explain(alert, routing, where, now))
    for one in later(alert, reached, routing, where, now):
        minutes = (one.not_before - now).total_seconds() / 60
        what = "is reminded" if "remind" in one.parts else "is asked next"
        steps.append(f"{one.channel} {what} after {minutes:g} min when nobody took it")
    return steps


async def probe(channel: Channel, now: datetime) -> str:
    """What one channel says when asked for a message that does not exist; "" when it can be reached and read."""
    outcome = await channel.find(_delivery(channel.name, "", now))
    if outcome is None or outcome.verdict in {Verdict.NOT_SENT, Verdict.SENT}:
        return ""
    return outcome.why


async def trial(channel: Channel, addresses: tuple[str, ...], now: datetime) -> list[tuple[str, bool]]:
    """Send a marked test to each address and look whether it arrived: what to say of each, and whether it went well."""
    said: list[tuple[str, bool]] = []
    for address in addresses:
        sending = _delivery(channel.name, address, now)
        outcome = await channel.send(channel.render(sending))
        where = address or channel.name
        if outcome.verdict is not Verdict.SENT:
            said.append((f"{where}: the test was not sent: {outcome.why}", False))
            continue
        found = await channel.find(replace(sending, receipt=outcome.receipt))
        if found is None:
            said.append((f"{where}: the other side took the test; look whether it arrived", True))
        elif found.verdict is Verdict.SENT:
            said.append((f"{where}: the test was sent and found there", True))
        else:
            said.append((f"{where}: the test was sent, but it could not be found again: {found.why}", False))
    return said


def _delivery(name: str, address: str, now: datetime) -> Delivery:
    alert = Alert(
        id="channel-test",
        thread="channel-test",
        revision=1,
        kind=AlertKind.TEST,
        severity=Severity.LOW,
        sensitivity=Sensitivity.OPEN,
        reason="test",
        at=now,
        title="alerts reach you here",
        preview="Test of hrd-monitor",
        lines=(Line(text="This is a test of hrd-monitor. If you can read it, alerts can reach you here."),),
    )
    return Delivery(
        id=0,
        key=chance.token_hex(16),
        alert=alert,
        channel=name,
        address=address,
        part="post",
        state=DeliveryState.SENDING,
        attempt=1,
        not_before=now,
        started=now,
    )


def written_as_names(path: Path) -> dict[str, str]:
    """The Slack channels of alerts.yaml that are named (#alerts) in place of their id: our own name for each → Slack's."""
    value = read(path).value
    channels = value.get("channels") if isinstance(value, dict) else None
    return {
        str(name): one["channel"]
        for name, one in (channels.items() if isinstance(channels, dict) else ())
        if isinstance(one, dict) and one.get("kind") == "slack" and str(one.get("channel", "")).startswith("#")
    }


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="Look at channels and routes, and try them.")
    app.add_typer(group, name="channels")
    _register_check(group)
    _register_route(group)
    _register_test(group)


def _register_check(group: typer.Typer) -> None:
    @group.command("check")
    def check(alerts: Alerts = None, as_json: Json = False) -> None:
        """Ask every channel whether it can be reached and read; nothing is sent.

        Example: hrd-monitor channels check
        """
        from monitor.app import now  # noqa: PLC0415 - the daemon's libraries load only where they are needed
        from monitor.channels import channels_of, secrets_of  # noqa: PLC0415 - as above

        chosen = settings(alerts=alerts)
        names = written_as_names(chosen.alerts)
        if names:
            found_ids = asyncio.run(ids(set(names.values()), secrets_of(chosen)))
            for channel, name in names.items():
                known = found_ids.get(name)
                said = f"write  channel: {known}" if known else "Slack shows the app no channel of this name; invite it"
                typer.echo(f"{chosen.alerts}: {channel}: {name}: {said}", err=True)
            raise typer.Exit(1)
        made, _ = channels_of(load(chosen))

        async def ask() -> list[str]:
            return list(await asyncio.gather(*(probe(c, now()) for c in made.values())))

        found = dict(zip(made, asyncio.run(ask()), strict=True))
        if as_json:
            typer.echo(records.dump({"channels": {n: {"reached": not why, "why": why} for n, why in found.items()}}))
        for name, why in found.items() if not as_json else ():
            typer.echo(f"{name}: {why or 'well'}")
        raise typer.Exit(1 if any(found.values()) else 0)


def _register_route(group: typer.Typer) -> None:
    @group.command("route")
    def command(
        alerts: Alerts = None,
        act: Annotated[str, typer.Option(help="What was done.")] = "arrest",
        country: Annotated[str, typer.Option(help="Where, two letters.")] = "KH",
        severity: Annotated[Severity, typer.Option(help="How grave.")] = Severity.HIGH,
        watch: Annotated[str, typer.Option(help="Whose id.")] = "",
        organisation: Annotated[str, typer.Option(help="Of which organisation.")] = "",
        tag: Annotated[str, typer.Option(help="With which tag.")] = "",
        sensitivity: Annotated[Sensitivity, typer.Option(help="How much may be shown.")] = Sensitivity.OPEN,
        as_json: Json = False,
    ) -> None:
        """Print whom an alert like this would reach, and why.

        Example: hrd-monitor channels route --act arrest --country KH --severity critical
        """
        from monitor.app import now  # noqa: PLC0415 - the daemon's libraries load only where they are needed

        at = now()
        alert = replace(
            _delivery("", "", at).alert,
            kind=AlertKind.NEW,
            severity=severity,
            sensitivity=sensitivity,
            country=(country.upper(),),
            act=act,
            watch=(watch,) if watch else (),
            organisation=(organisation,) if organisation else (),
            tag=(tag,) if tag else (),
        )
        steps = route(load(settings(alerts=alerts)), alert, at)
        typer.echo(records.dump({"steps": steps}) if as_json else "\n".join(steps))


def _register_test(group: typer.Typer) -> None:
    @group.command("test")
    def command(
        channel: Annotated[str, typer.Argument(help="A channel of alerts.yaml.")], alerts: Alerts = None
    ) -> None:
        """Send a marked test over one channel and look whether it arrived.

        Example: hrd-monitor channels test desk-kh
        """
        from monitor.app import now  # noqa: PLC0415 - the daemon's libraries load only where they are needed
        from monitor.channels import channels_of  # noqa: PLC0415 - as above

        chosen = settings(alerts=alerts)
        made, where = channels_of(load(chosen))
        if channel not in made:
            known = ", ".join(made)
            raise ConfigError(
                (Mistake(str(chosen.alerts), 0, 0, f"there is no channel {channel!r}", f"one of {known}"),)
            )
        said = asyncio.run(trial(made[channel], where[channel].addresses, now()))
        for line, well in said:
            typer.echo(line, err=not well)
        raise typer.Exit(0 if all(well for _, well in said) else 1)
