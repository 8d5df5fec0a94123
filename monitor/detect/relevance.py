"""An event in its sentence and article → whether a link to civic life was found, and by which cue."""

from __future__ import annotations

from monitor.detect.lexicon import Marked
from monitor.model import Act, Relevance

#: Acts that can only be done to a gathering.
_GATHERING = frozenset({Act.ASSEMBLY_DISPERSAL, Act.ASSEMBLY_BAN, Act.EXCESSIVE_FORCE, Act.MASS_ARREST})
_NEAR = 14  #: words around a trigger in which a cue speaks of this event


def relevance(marked: Marked, at: int, act: Act, article_is_civic: str | None, listed: bool) -> tuple[Relevance, str]:
    """Civic, other or unclear, with the cue. article_is_civic: the cue of the title or first sentences, None when there is none.

    A crime word makes an event *other* only where no role, protest or charge of the political kind stands near it, and never for a
    person on the watchlist: defenders are jailed on drug, tax and weapons charges.
    """
    first, last = at - _NEAR, at + _NEAR
    for cue, said in (("roles", "a role"), ("repression", "a charge used against critics")):
        found = marked.last(cue, first, last)
        if found is not None:
            return Relevance.CIVIC, f"{said}: {marked.tokens[found].text}"
    protest = marked.last("protest", first, last)
    if protest is not None and (act in _GATHERING or not marked.at("crime", first, last)):
        return Relevance.CIVIC, f"an assembly: {marked.tokens[protest].text}"
    if listed:
        return Relevance.CIVIC, "it befell somebody on the watchlist"
    crime = marked.last("crime", 0, len(marked.tokens))
    if crime is not None:
        return Relevance.OTHER, f"an ordinary crime: {marked.tokens[crime].text}"
    if article_is_civic is not None:
        return Relevance.CIVIC, f"the article is about {article_is_civic}"
    return Relevance.UNCLEAR, "no cue either way"
