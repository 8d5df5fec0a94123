"""Names of Slack channels as people write them (#alerts) → their ids, which never change; the API sends to ids."""

from __future__ import annotations

from collections.abc import Collection

from alerts.channels.protocol import Secrets
from alerts.channels.slack_door import TIMEOUT_S, Door
from alerts.errors import ChannelError

PAGE = 200  #: channels asked for at once. Source: docs.slack.dev/reference/methods/conversations.list, "recommended no more than 200"
PAGES = 50  #: pages looked through; ten thousand channels
ASK = "give the app the scopes channels:read and groups:read for a moment, or write the id: the channel's name, About, at the bottom"


async def ids(names: Collection[str], secrets: Secrets) -> dict[str, str]:
    """The id of each name (with or without its #) that is found. Raises ChannelError saying what to do when Slack does not answer."""
    if not secrets.slack_token:
        raise ChannelError("no Slack token; set HRD_MONITOR_SLACK_TOKEN to the bot token (xoxb-…)")
    door = Door(secrets.slack_token, secrets.slack_api_url, secrets.proxy, TIMEOUT_S)
    wanted = {name.removeprefix("#").casefold(): name for name in names}
    found: dict[str, str] = {}
    cursor = ""
    for _ in range(PAGES):
        asked = {"types": "public_channel,private_channel", "exclude_archived": True, "limit": PAGE}
        answer = await door.read("conversations.list", {**asked, **({"cursor": cursor} if cursor else {})})
        if not answer.ok:
            raise ChannelError(f"Slack does not list its channels ({answer.code}): {ASK}")
        for one in answer.body.get("channels", ()):
            if str(one.get("name", "")).casefold() in wanted:
                found[wanted[one["name"].casefold()]] = str(one["id"])
        cursor = str(answer.body.get("response_metadata", {}).get("next_cursor", ""))
        if not cursor or len(found) == len(wanted):
            break
    return found
