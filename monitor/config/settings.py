"""The environment, `.env` and `…_FILE` twins → settings and secrets; nothing of a secret is ever shown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from alerts.channels import Secrets
from monitor.config.fields import wrong
from monitor.errors import ConfigError, Mistake
from monitor.failpoints import passing

PREFIX = "HRD_MONITOR_"
ENV_FILE = Path(".env")
DATABASE_FILE = "monitor.sqlite3"  #: the embedded store's file, inside `data`


class Settings(BaseSettings):
    """Everything that is not in the three files: where things lie, how to reach the world, and the secrets.

    Each field is HRD_MONITOR_ and its name in capitals, or the same with _FILE and the path of a file that holds the value.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    sources: Path = Path("sources.yaml")
    """Which file names the sources."""
    watchlist: Path = Path("watchlist.yaml")
    """Which file names the defenders."""
    alerts: Path = Path("alerts.yaml")
    """Which file names the channels and routes."""
    packs: Path | None = None
    """A folder with language packs of your own; they replace shipped ones of the same code."""
    data: Path = Path("data")
    """The folder of the embedded store."""
    database_url: SecretStr | None = None
    """Another database, as SQLAlchemy writes it; absent = an SQLite file inside `data`."""
    slack_token: SecretStr | None = None
    """The bot token of your Slack app (xoxb-…)."""
    slack_app_token: SecretStr | None = None
    """The app-level token (xapp-…), for buttons."""
    slack_api_url: str | None = None
    """Another base URL of Slack's Web API."""
    smtp_url: SecretStr | None = None
    """The mail server: smtp://, smtp+starttls:// or smtps://."""
    smtp_password: SecretStr | None = None
    """Its password, when it does not stand in the address."""
    mail_from: str | None = None
    """The address alerts come from."""
    proxy: SecretStr | None = None
    """The way to the web, for every source without a proxy of its own, and for Slack."""
    heartbeat_url: SecretStr | None = None
    """An address outside that is visited while all is well, so that silence is noticed."""
    web: str = "127.0.0.1:8765"
    """Where the desk listens, or `off`."""
    web_token: SecretStr | None = None
    """What the desk asks for; absent = this machine only."""
    log: Literal["json", "console"] = "console"
    """How log lines look."""
    reconcile_after_s: float | None = Field(default=None, gt=0)
    """Seconds before a delivery of unknown fate is looked up; absent = as long as its channel needs."""
    failpoint: str | None = None
    """Tests only: where the process ends, as name@N."""
    time_scale: float = Field(default=1.0, gt=0, le=10_000)
    """Tests only: divides every wait."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """In order: what the command line says, the environment, `.env`, the files that `…_FILE` names."""
        del file_secret_settings
        return init_settings, env_settings, dotenv_settings, _Twins(settings_cls, env_settings, dotenv_settings)

    @field_validator("web")
    @classmethod
    def _web(cls, text: str) -> str:
        if text != "off" and _bind(text) is None:
            raise wrong("this is no address to listen on", "write one like 127.0.0.1:8765, or off")
        return text

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and urlsplit(secret.get_secret_value()).scheme not in {"http", "https", "socks5", "socks5h"}:
            raise wrong("this is no address of a proxy", "write one like socks5h://127.0.0.1:9050")
        return secret

    @field_validator("heartbeat_url")
    @classmethod
    def _heartbeat(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and urlsplit(secret.get_secret_value()).scheme not in {"http", "https"}:
            raise wrong("this is no address of the web", "write it whole, beginning with https://")
        return secret

    @field_validator("failpoint")
    @classmethod
    def _failpoint(cls, text: str | None) -> str | None:
        try:
            passing(text)
        except ValueError:
            raise wrong("there is no such point", "leave it out: it is for tests") from None
        return text

    @property
    def database(self) -> str:
        """The database to use, as SQLAlchemy writes it. Never print it: it may hold a password."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data / DATABASE_FILE}"

    @property
    def bind(self) -> tuple[str, int] | None:
        """Where the desk listens; None when it is off."""
        return None if self.web == "off" else _bind(self.web)

    def secrets(self) -> Secrets:
        """What channels need to reach the world."""
        return Secrets(
            slack_token=_plain(self.slack_token),
            slack_api_url=self.slack_api_url,
            smtp_url=_plain(self.smtp_url),
            smtp_password=_plain(self.smtp_password),
            mail_from=self.mail_from,
            proxy=_plain(self.proxy),
            patience=self.time_scale,
        )

    def withheld(self) -> tuple[str, ...]:
        """Every secret in clear, for the one place that takes them out of log lines."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(v.get_secret_value() for v in values if isinstance(v, SecretStr))


class _Twins(PydanticBaseSettingsSource):
    """The values of files that HRD_MONITOR_…_FILE names, without the line end an editor leaves."""

    def __init__(self, settings_cls: type[BaseSettings], *named_in: PydanticBaseSettingsSource) -> None:
        super().__init__(settings_cls)
        self._named_in = named_in

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        """One value; None when no file is named. Raises ConfigError when it cannot be read."""
        del field
        variable = f"{PREFIX}{field_name}_file".upper()
        for source in self._named_in:
            if path := getattr(source, "env_vars", {}).get(variable.lower()):
                return _content(variable, Path(path)), field_name, False
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """All of them."""
        found = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in found.items() if value is not None}


def load_settings(env_file: Path | None = ENV_FILE, **given: Any) -> Settings:
    """The settings in force. given: what the command line says, which outranks everything. Raises ConfigError with all mistakes."""
    lines = _lines(env_file)
    found = [*_strangers(env_file, lines), *_doubles(env_file, lines)]
    try:
        settings = Settings(_env_file=env_file, **{k: v for k, v in given.items() if v is not None})  # type: ignore[call-arg]  # pydantic-settings takes it by this name
    except ConfigError as error:
        raise ConfigError((*found, *error.mistakes)) from None
    except ValidationError as error:
        for each in error.errors(include_url=False):
            variable = f"{PREFIX}{each['loc'][0]}".upper() if each["loc"] else PREFIX
            context = each.get("ctx") or {}
            fix = str(context.get("fix") or f"see HRD_MONITOR_ settings in docs/operating.md: {each['msg'].lower()}")
            found.append(
                _mistake(env_file, lines, variable, str(context.get("what") or "this value cannot be used"), fix)
            )
        raise ConfigError(tuple(found)) from None
    if found:
        raise ConfigError(tuple(found))
    return settings


def twin_files(env_file: Path | None = ENV_FILE) -> tuple[Path, ...]:
    """The files with secrets that are in use: `.env` where there is one, and whatever `…_FILE` names."""
    lines = _lines(env_file)
    values = {**_values(env_file), **os.environ}
    named = [Path(v) for k, v in values.items() if k.upper() in _known_twins() and v]
    return (*([env_file] if env_file and lines else []), *named)


def strangers_in_environment() -> tuple[Mistake, ...]:
    """Variables that begin like ours and mean nothing: a note, since some platforms add such variables by themselves."""
    found = []
    for name in os.environ:
        if name.startswith(PREFIX) and name not in _known():
            near = get_close_matches(name, _known(), n=1, cutoff=0.8)
            fix = f"did you mean {near[0]}?" if near else "remove it, or see docs/operating.md for the names there are"
            found.append(Mistake(name, 0, 0, "this variable is not known and does nothing", fix))
    return tuple(found)


def _known() -> frozenset[str]:
    return frozenset(f"{PREFIX}{name}".upper() for name in Settings.model_fields) | _known_twins()


def _known_twins() -> frozenset[str]:
    return frozenset(f"{PREFIX}{name}_FILE".upper() for name in Settings.model_fields)


def _content(variable: str, path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        what = f"the file it names cannot be read ({type(error).__name__})"
        raise ConfigError((Mistake(variable, 0, 0, what, "name a readable file, or remove the variable"),)) from None


def _lines(env_file: Path | None) -> Mapping[str, int]:
    """The variables that `.env` sets, in capitals, with their lines. Raises ConfigError when the file cannot be read."""
    if env_file is None or not env_file.exists():
        return {}
    try:
        text = env_file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"it cannot be read ({type(error).__name__})"
        raise ConfigError(
            (Mistake(str(env_file), 0, 0, what, "save it as UTF-8 text that this user may read"),)
        ) from None
    set_here = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=")
    return {m[1].upper(): n for n, line in enumerate(text.splitlines(), 1) if (m := set_here.match(line))}


def _values(env_file: Path | None) -> dict[str, str]:
    return {k: v for k, v in dotenv_values(env_file, encoding="utf-8-sig").items() if v} if env_file else {}


def _strangers(env_file: Path | None, lines: Mapping[str, int]) -> Iterator[Mistake]:
    for name, line in lines.items():
        if name.startswith(PREFIX) and name not in _known():
            near = get_close_matches(name, _known(), n=1, cutoff=0.8)
            fix = f"write {near[0]}" if near else "remove it, or see docs/operating.md for the names there are"
            yield Mistake(str(env_file), line, 1, "this variable is not known", fix)


def _doubles(env_file: Path | None, lines: Mapping[str, int]) -> Iterator[Mistake]:
    present = {n for n, v in os.environ.items() if v} | set(lines)
    for twin in sorted(_known_twins() & present):
        if (plain := twin.removesuffix("_FILE")) in present:
            yield _mistake(env_file, lines, twin, f"{plain} is set as well", "keep one of the two")


def _mistake(env_file: Path | None, lines: Mapping[str, int], variable: str, what: str, fix: str) -> Mistake:
    """One mistake, at its line of `.env`, or at the variable itself where the environment sets it."""
    if variable in lines and not os.environ.get(variable):
        return Mistake(str(env_file), lines[variable], 1, f"{variable}: {what}", fix)
    return Mistake(variable, 0, 0, what, fix)


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None


def _bind(text: str) -> tuple[str, int] | None:
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\s/]+)):([0-9]{1,5})", text)
    if not found or not 0 < int(found[3]) <= 65_535:
        return None
    return found[1] or found[2], int(found[3])
