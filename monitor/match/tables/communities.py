"""Words that name the people of a place, in the folded spelling of texts: with the place beside them they mean a listed community.

Ordinary vocabulary of each language.
"""

from __future__ import annotations

from monitor.match.tables.words import words

DESIGNATIONS: tuple[str, ...] = (
    *words(
        "villagers villager residents inhabitants farmers peasants fishermen fishers fisherfolk landowners families communities community people "
        "elders leaders protesters settlers pastoralists herders tribe tribes workers monks students activists "
        "habitants paysans villageois riverains pecheurs communaute campesinos pobladores vecinos comuneros habitantes comunidad indigenas "
        "moradores ribeirinhos pescadores quilombolas comunidade warga penduduk petani nelayan masyarakat "
        "жители жителей крестьяне крестьян общины фермеры اهالي سكان فلاحين مزارعين قرويين مردم ساكنان "
        "អ្នកភូមិ ប្រជាពលរដ្ឋ ប្រជាកសិករ សហគមន៍ ពលរដ្ឋ ชาวบ้าน ชาวนา ชุมชน 村民 居民 农民 農民 주민 농민 ရွာသား ဒေသခံ"
    ),
    "indigenous leaders", "land activists", "nguoi dan", "dan lang", "ba con",
)  # fmt: skip
