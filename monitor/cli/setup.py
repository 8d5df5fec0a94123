"""`hrd-monitor setup`: a few questions, a test message, and `.env` and `alerts.yaml` are written."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from ruamel.yaml import YAML

from alerts.channels import KINDS, build
from alerts.channels.protocol import Secrets
from alerts.errors import ChannelError
from alerts.model import Alert, AlertKind, Delivery, DeliveryState, Line, Sensitivity, Severity, Verdict
from monitor.cli.options import settings
from monitor.config import load_sources
from monitor.config.countries import code
from monitor.errors import ConfigError, Mistake

SCHEMA = "# yaml-language-server: $schema=schemas/alerts.schema.json\n"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person answered; empty where they pressed return."""

    slack_token: str
    slack_channel: str
    smtp_url: str
    smtp_password: str
    mail_from: str
    mail_to: tuple[str, ...]
    countries: tuple[str, ...]
    languages: tuple[str, ...]


def ask() -> Answers:
    """The questions, in plain words; every one may be left empty."""
    typer.echo("Press return to leave something out; it can be added later by running this again.\n")
    token = typer.prompt("Slack bot token (xoxb-…)", default="", hide_input=True, show_default=False)
    channel = typer.prompt("Slack channel id (C…)", default="", show_default=False) if token else ""
    smtp = typer.prompt("Mail server (smtp+starttls://user@host:587)", default="", show_default=False)
    password = typer.prompt("Its password", default="", hide_input=True, show_default=False) if "@" in smtp else ""
    sender = typer.prompt("Alerts come from this address", default="", show_default=False) if smtp else ""
    to = typer.prompt("Who receives them (addresses, with commas)", default="", show_default=False) if smtp else ""
    countries = typer.prompt("Countries you work on (KH, TH or names, with commas)", default="", show_default=False)
    languages = typer.prompt("Languages that news of them is written in (km, en)", default="", show_default=False)
    return Answers(
        token, channel, smtp, password, sender, _listed(to), _countries(countries), _listed(languages.lower())
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _countries(text: str) -> tuple[str, ...]:
    found = [(part, code(part)) for part in _listed(text)]
    unknown = [part for part, known in found if known is None]
    if unknown:
        raise ConfigError(
            (
                Mistake(
                    "your answer",
                    0,
                    0,
                    f"no such country: {', '.join(unknown)}",
                    "write two letters (KH) or the English name",
                ),
            )
        )
    return tuple(known for _, known in found if known)


def channels(answers: Answers) -> dict[str, dict[str, Any]]:
    """The channels of alerts.yaml; the terminal is always one."""
    made: dict[str, dict[str, Any]] = {}
    if answers.slack_token and answers.slack_channel:
        made["slack"] = {"kind": "slack", "channel": answers.slack_channel}
    if answers.smtp_url and answers.mail_to:
        made["email"] = {"kind": "email", "to": list(answers.mail_to)}
    return {**made, "terminal": {"kind": "console"}}


def alerts_yaml(answers: Answers) -> str:
    """alerts.yaml: everything to everybody configured, live as soon as there is a channel besides the terminal."""
    made = channels(answers)
    people = [n for n in made if n != "terminal"] or ["terminal"]
    document: dict[str, Any] = {
        "channels": made,
        "routes": [{"match": {}, "to": list(people)}],
        "operator": {"to": list(people)},
    }
    document["mode"] = "live" if people != ["terminal"] else "trial"
    if document["mode"] == "trial":
        document["trial"] = {"to": "terminal"}
    out = io.StringIO()
    YAML().dump(document, out)
    return SCHEMA + out.getvalue()


def env(answers: Answers, old: str) -> str:
    """`.env` with the secrets; lines of other settings stay as they are."""
    new = {
        "HRD_MONITOR_SLACK_TOKEN": answers.slack_token,
        "HRD_MONITOR_SMTP_URL": answers.smtp_url,
        "HRD_MONITOR_SMTP_PASSWORD": answers.smtp_password,
        "HRD_MONITOR_MAIL_FROM": answers.mail_from,
    }
    kept = [line for line in old.splitlines() if line.split("=")[0].strip() not in {k for k, v in new.items() if v}]
    return "\n".join([*kept, *(f"{k}={_quoted(v)}" for k, v in new.items() if v)]) + "\n"


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


async def test(answers: Answers) -> list[str]:
    """Send a marked test over each channel; what went wrong, a line each."""
    from monitor.app import now  # noqa: PLC0415 - only a test message asks for the time

    chosen = settings()
    secrets = Secrets(
        slack_token=answers.slack_token or None,
        slack_api_url=chosen.slack_api_url,
        smtp_url=answers.smtp_url or None,
        smtp_password=answers.smtp_password or None,
        mail_from=answers.mail_from or None,
        proxy=chosen.proxy,
    )
    wrong: list[str] = []
    for name, item in channels(answers).items():
        kind = KINDS[item["kind"]]
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in item.items() if k != "kind"}
        try:
            made = kind.settings(**given)
            channel = build(name, item["kind"], made, secrets)
        except (ChannelError, TypeError, ValueError) as error:
            wrong.append(f"{name}: {error}")
            continue
        for address in kind.addresses(made):
            outcome = await channel.send(channel.render(_delivery(name, address, now())))
            if outcome.verdict is not Verdict.SENT:
                wrong.append(f"{name}: the test did not arrive: {outcome.why}")
    return wrong


def _delivery(name: str, address: str, at: Any) -> Delivery:
    said = "This is a test of hrd-monitor. If you can read it, alerts can reach you here."
    alert = Alert(
        id="setup-test",
        thread="setup-test",
        revision=1,
        kind=AlertKind.TEST,
        severity=Severity.LOW,
        sensitivity=Sensitivity.OPEN,
        reason="test",
        at=at,
        title="Test: alerts reach you here",
        preview="Test of hrd-monitor",
        lines=(Line(text=said),),
    )
    return Delivery(
        id=0,
        key=f"setup-{int(at.timestamp())}",
        alert=alert,
        channel=name,
        address=address,
        part="post",
        state=DeliveryState.SENDING,
        attempt=1,
        not_before=at,
    )


def coverage(answers: Answers) -> list[str]:
    """Which shipped sources speak of these countries, and in which of these languages none does."""
    listed = load_sources(settings().sources)
    rows = []
    for country in answers.countries:
        mine = [s for s in listed if country in s.country]
        silent = [x for x in answers.languages if not any(x in s.language for s in mine)]
        rows.append(
            f"{country}: {len(mine)} sources"
            + (f"; none in {', '.join(silent)}: add some to sources.yaml" if silent else "")
        )
    return rows


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("setup")
    def command() -> None:
        """Ask for Slack, mail, countries and languages, send a test, and write .env and alerts.yaml.

        Example: hrd-monitor setup
        """
        answers = ask()
        wrong = asyncio.run(test(answers))
        for line in wrong:
            typer.echo(line, err=True)
        if wrong and not typer.confirm("Write the files all the same?", default=False):
            raise typer.Exit(1)
        chosen = settings()
        secrets_file = Path(".env")
        _write(secrets_file, env(answers, secrets_file.read_text("utf-8") if secrets_file.exists() else ""))
        if chosen.alerts.exists() and not typer.confirm(
            f"{chosen.alerts} is there already. Replace it? The old one is kept beside it", default=True
        ):
            raise typer.Exit(1)
        if chosen.alerts.exists():
            chosen.alerts.replace(chosen.alerts.with_suffix(".yaml.old"))
        _write(chosen.alerts, alerts_yaml(answers))
        for line in coverage(answers):
            typer.echo(line)
        typer.echo("Written: .env and alerts.yaml. Now run: hrd-monitor check")


def _write(path: Path, text: str) -> None:
    """Written whole or not at all, readable by nobody else."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.touch(mode=0o600)
    fresh.chmod(0o600)
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
