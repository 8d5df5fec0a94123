"""Words that name the people of a place, in the folded spelling of texts: with the place beside them they mean a listed community.

Ordinary vocabulary of each language.
"""

from __future__ import annotations

from monitor.match.tables.words import words

#: Words that mean those who live at a place or live on its land.
DESIGNATIONS: tuple[str, ...] = (
    *words(
        "villagers villager residents inhabitants farmers peasants fishermen fishers fisherfolk landowners communities community smallholders "
        "elders settlers pastoralists herders tribe tribes islanders townspeople evictees squatters landholders commoners clan clans "
        "habitants paysans villageois riverains pecheurs communaute communautes campesinos campesinas pobladores vecinos comuneros habitantes comunidad "
        "comunidades indigenas moradores ribeirinhos pescadores quilombolas camponeses comunidade "
        "warga penduduk petani nelayan masyarakat wakazi wanakijiji residente magsasaka mangingisda koyluleri koylulerinin sakinleri sakinlerinin "
        "bewohner bauern dorfbewohner abitanti contadini mieszkancy mieszkancow rolnicy obyvatele "
        "жители жителей жителям крестьяне крестьян крестьянам общины община общине фермеры фермеров мешканцi мешканцiв селяни селян жыхары "
        "اهالي سكان فلاحين فلاحو مزارعين مزارعي مزارعو قرويين قرويي مردم ساكنان كشاورزان روستاييان دهقانان كسانون كسان "
        "תושבי תושבים איכרים חקלאי חקלאים "
        "ग्रामीण ग्रामीणों ग्रामीणहरू निवासी निवासियों किसान किसानों আদিবাসী গ্রামবাসী বাসিন্দা বাসিন্দারা কৃষক কৃষকরা குடியிருப்பாளர்கள் மக்கள் விவசாயிகள் மீனவர்கள் "
        "ነዋሪዎች ገበሬዎች አርሶ አደሮች "
        "អ្នកភូមិ ប្រជាពលរដ្ឋ ប្រជាកសិករ សហគមន៍ ពលរដ្ឋ ชาวบ้าน ชาวนา ชุมชน ชาวประมง ຊາວບ້ານ ຊາວນາ ရွာသား ရွာသူ ဒေသခံ လယ်သမား "
        "村民 居民 农民 農民 渔民 漁民 住民 주민 농민 어민"
    ),
    "nguoi dan", "dan lang", "ba con", "dan oan", "mga residente",
)  # fmt: skip

#: Words for groups of people that may only happen to be at a place: they mean its community when a word of QUALIFIERS says so, or its name does.
LOOSE: tuple[str, ...] = (
    *words(
        "people families leaders protesters demonstrators workers monks students activists women youth leader chief chiefs representatives "
        "lideres lider familias dirigentes defensores autoridades familles chefs dirigeants leaders liderancas "
        "активисты активистов семьи лидеры قاده زعماء نشطاء عايلات 民众 民眾 领袖"
    ),
)  # fmt: skip

#: Words beside a loose designation that make it the people of the place.
QUALIFIERS: tuple[str, ...] = words(
    "indigenous native tribal village villages local rural land ethnic aboriginal ancestral community communal adivasi minority farming fishing traditional "
    "indigena indigenas comunal comunales comunitario comunitarios comunitaria campesino campesinos autochtone autochtones locaux coutumiers "
    "коренные коренных местные местных сельские العشاير القبايل السكان المحليين الاصليين 原住民 少数民族 土地"
)
