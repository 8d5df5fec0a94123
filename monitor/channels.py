"""The configured channels → working ones, with their secrets, and what routing knows of them."""

from __future__ import annotations

from pydantic import SecretStr

from alerts.channels import Channel, Secrets, build, destination
from alerts.errors import ChannelError
from alerts.inbox import ACTIONS
from alerts.routing import Destination
from monitor.config import Configuration
from monitor.config.settings import Settings
from monitor.errors import ConfigError, Mistake


def channels_of(configuration: Configuration) -> tuple[dict[str, Channel], dict[str, Destination]]:
    """The working channels and what routing knows of them. Raises ConfigError for a channel without its secret."""
    s = configuration.settings
    secrets = secrets_of(s)
    made: dict[str, Channel] = {}
    mistakes: list[Mistake] = []
    for name, (kind, settings) in configuration.channels.items():
        try:
            made[name] = build(name, kind, settings, secrets)
        except ChannelError as error:
            mistakes.append(Mistake(str(s.alerts), 0, 0, str(error), "run `hrd-monitor setup`"))
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return made, channels_known(configuration)


def secrets_of(s: Settings) -> Secrets:
    """What channels need beside their own settings."""
    return Secrets(
        slack_token=plain(s.slack_token),
        slack_api_url=s.slack_api_url,
        smtp_url=plain(s.smtp_url),
        smtp_password=plain(s.smtp_password),
        mail_from=s.mail_from,
        proxy=s.proxy if s.proxy and s.proxy.startswith("http") else None,  # slack-sdk speaks to HTTP proxies only
        patience=s.time_scale,
        buttons=ACTIONS if s.slack_app_token else {},
    )


def channels_known(configuration: Configuration) -> dict[str, Destination]:
    """What routing knows of the configured channels, whether or not they have their secrets."""
    return {name: destination(kind, settings) for name, (kind, settings) in configuration.channels.items()}


def plain(value: SecretStr | None) -> str | None:
    """A secret as text; None when it is not set. What is returned must reach no log."""
    return value.get_secret_value() if value else None
