"""The environment, `.env` and `…_FILE` secrets → settings; a wrong value is told by the name of its variable, never by its content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from monitor.config.clocks import read_clocks
from monitor.config.keep import read_keep
from monitor.errors import ConfigError, Mistake

PREFIX = "HRD_MONITOR_"


class Settings(BaseModel):
    """What stands outside the files: the database, secrets, addresses. Names in the environment are HRD_MONITOR_ and the field in capitals."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    database_url: str | None = None
    data: Path = Path("data")
    sources: Path = Path("sources.yaml")
    watchlist: Path = Path("watchlist.yaml")
    alerts: Path = Path("alerts.yaml")
    packs: Path | None = None
    slack_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str | None = Field(default=None, pattern=r"^https?://")
    smtp_url: SecretStr | None = None
    smtp_password: SecretStr | None = None
    mail_from: str | None = Field(default=None, pattern=r"@")
    proxy: str | None = Field(default=None, pattern=r"^(?:https?|socks5h?)://")
    heartbeat_url: SecretStr | None = None
    host: str | None = Field(
        default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$"
    )  #: of several; default: its own name
    web: str = Field(default="127.0.0.1:8765", pattern=r"^(?:off|.*:\d{1,5})$")
    web_token: SecretStr | None = None
    log: str = Field(default="console", pattern="^(?:json|console)$")
    reconcile_after_s: float | None = Field(default=None, ge=0)
    clocks: str | None = None  #: limits of the custody clocks, see monitor.config.clocks
    keep: str | None = None  #: how long each kind of record is kept, see monitor.config.keep
    backup_key: str | None = Field(
        default=None, pattern=r"^\s*age1[0-9a-z]{50,}\s*$"
    )  #: public; scheduled backups are made when it is set
    backup_to: Path | None = None  #: a folder; default: backups in the data folder
    backup_every_h: float = Field(default=24.0, gt=0)
    backup_copies: int = Field(default=7, ge=1)
    failpoint: str | None = None
    time_scale: float = Field(default=1.0, gt=0)
    secret_files: tuple[Path, ...] = ()  #: where `…_FILE` secrets stand: others on the machine must not read them

    @property
    def backup_folder(self) -> Path:
        """Where backups are kept."""
        return self.backup_to or self.data / "backups"

    @field_validator("clocks")
    @classmethod
    def _readable(cls, value: str | None) -> str | None:
        read_clocks(value)
        return value

    @field_validator("keep")
    @classmethod
    def _kept(cls, value: str | None) -> str | None:
        read_keep(value)
        return value

    @classmethod
    def load(cls, environ: Mapping[str, str], folder: Path) -> Settings:
        """Read the environment over `.env` of a folder. Raises ConfigError with every mistake."""
        given = {k: v for k, v in dotenv_values(folder / ".env").items() if v is not None} | dict(environ)
        values: dict[str, str] = {}
        mistakes: list[Mistake] = []
        files: list[Path] = []
        for field in cls.model_fields:
            name = PREFIX + field.upper()
            if given.get(name):
                values[field] = given[name]
            elif given.get(f"{name}_FILE"):
                try:
                    values[field] = Path(given[f"{name}_FILE"]).read_text("utf-8").strip()
                    files.append(Path(given[f"{name}_FILE"]))
                except (OSError, UnicodeDecodeError) as error:
                    mistakes.append(
                        Mistake(
                            f"{name}_FILE",
                            0,
                            0,
                            f"its file cannot be read ({type(error).__name__})",
                            "name a readable file",
                        )
                    )
        try:
            made = cls(**values)  # type: ignore[arg-type]  # pydantic turns the texts into each field's type
        except ValidationError as error:
            mistakes += [
                Mistake(
                    PREFIX + str(e["loc"][0]).upper(),
                    0,
                    0,
                    "this value cannot be used",
                    _FIXES.get(str(e["loc"][0]), e["msg"]),
                )
                for e in error.errors(include_input=False, include_url=False)
            ]
            made = cls()
        if mistakes:
            raise ConfigError(tuple(mistakes))
        return made.model_copy(update={"secret_files": tuple(files)})


_FIXES = {
    "slack_api_url": "write an address that begins with https://",
    "mail_from": "write an email address",
    "proxy": "write socks5h://host:port or http://host:port",
    "web": "write host:port, or off",
    "log": "write json or console",
    "clocks": "write like: whereabouts=18h lawyer=48h; EG: lawyer=24h",
    "backup_key": "write the public key that `hrd-monitor backup --new-key FILE` prints; it begins with age1",
    "backup_every_h": "write a number of hours",
    "backup_copies": "write how many are kept, at least 1",
    "keep": "write like: texts=30d evidence=5y names=30d",
    "reconcile_after_s": "write a number of seconds",
    "time_scale": "write a number above 0",
}
