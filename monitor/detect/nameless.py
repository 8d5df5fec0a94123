"""Words that tell names of people from other names, where a language pack does not say: articles, places, surnames of Chinese.

Ordinary vocabulary, in canonical spelling.
"""

from __future__ import annotations


def _words(lines: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(lines.split())


#: Articles that no name of a person follows directly, by language.
ARTICLES: dict[str, frozenset[str]] = {
    "en": frozenset({"the", "a", "an", "this", "that", "these", "those", "our", "its"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
    "fr": frozenset({"le", "la", "les", "un", "une", "l", "du", "des"}),
    "pt": frozenset({"os", "as", "um", "uma", "no", "na", "nos", "nas"}),
    "it": frozenset({"il", "lo", "gli", "i", "un", "una"}),
    "de": frozenset({"das", "ein", "eine", "dem", "den"}),
}

#: Words of places and peoples that stand in no personal name (those that do, like Chad or Jordan, are left out).
PLACES: frozenset[str] = _words(
    "africa america asia europe australia oceania antarctica afghanistan albania algeria angola argentina armenia austria azerbaijan bahrain bangladesh "
    "belarus belgium bolivia bosnia botswana brazil bulgaria burundi cambodia cameroon canada chile china colombia congo croatia cuba czech "
    "denmark ecuador egypt eritrea estonia eswatini ethiopia finland gabon gambia germany ghana greece guatemala guinea haiti honduras hungary "
    "iceland india indonesia iran iraq ireland italy jamaica japan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho "
    "liberia libya lithuania madagascar malawi malaysia mauritania mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal "
    "netherlands nicaragua niger nigeria norway pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda "
    "senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania thailand togo tunisia turkey "
    "turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia zimbabwe tibet xinjiang kashmir crimea gaza catalonia kurdistan "
    "chechnya siberia balochistan punjab sindh bengal pradesh kong moscow london paris beijing shanghai washington york brussels geneva "
    "ocean sea gulf lake basin forest desert island islands peninsula mount inc ltd llc gmbh"
)

#: Endings of English words for peoples and languages ("Zimbabweans"), that make no surname when the place stands before them.
PEOPLES: tuple[str, ...] = ("ans", "ians", "ese", "ish", "ists", "ism")

#: States and bodies that newspapers write in capitals, and that could be spoken as a name.
BODIES: frozenset[str] = _words("US USA UN EU UK UAE UNO NATO ASEAN AU OSCE OAS ICC AP AFP EE UU UE ONU OEA OTAN OIT")

#: Arabic and Persian words that begin no name and end one: "that", "in", "to", "from", "has", "after" … in canonical spelling.
SMALL_ARABIC: frozenset[str] = _words(
    "ان انه انها اني الي علي عن من في مع قد لا لم لن ما هو هي هم هذا هذه ذلك التي الذي الذين كان كانت قال قالت قالوا بعد قبل خلال حيث كما ثم او "
    "لكن لدي عند منذ حتي ايضا امام ضد بين تم وقد وان فان وقال وكان يوم امس اليوم به له لها فيه در از به با كه را اين است شد شده بود براي تا"
)

#: Endings of abstract and trade words in the languages of Europe, that close no personal name.
ABSTRACT: tuple[str, ...] = (
    "tion", "tions", "sion", "sions", "logy", "logies", "ships", "ments", "ative", "ical", "ción", "ciones", "ção", "ções", "zione", "zioni",
)  # fmt: skip

#: The commonest family names of Chinese, one character each, and those of two. Source: the census of 2010 (first two hundred) and their
#: traditional forms.
CHINESE: frozenset[str] = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸邱顧龍萬錢湯喬賀賴龔龐蘭顏嚴溫韋畢聶叢齊莊塗時關費紀歐項陽衛"
)
CHINESE_DOUBLE: tuple[str, ...] = (
    "欧阳",
    "歐陽",
    "司马",
    "司馬",
    "上官",
    "诸葛",
    "諸葛",
    "司徒",
    "东方",
    "尉迟",
    "公孙",
    "夏侯",
    "慕容",
    "端木",
)

#: Small words after a hyphen that make an adjective of a name ("Kong-based") or belong to no name; usage of English newspapers.
NO_TAIL: frozenset[str] = _words(
    "based led born backed era wide run style like elect time level made owned held bound free old area day year in to up ed ing"
)

#: Titles that also stand inside names, so that what is before them may belong to the name ("Mohamed Sheikh Nur").
IN_NAMES: frozenset[str] = _words(
    "sheikh shaikh imam mullah prince king pope bishop judge major general father sister pastor chief mir man bey khan"
)
