"""How the letters of each script sound, in plain Latin letters: what a name of another script is compared by.

Written from the common romanisations (BGN/PCGN and national systems, ISO 15919 for India, Thai RTGS, Revised Romanization of Korean, UNGEGN
for Khmer), simplified to what the ear keeps: tones, length and aspiration are left out. Letters not listed sound as anyascii writes them.
"""

from __future__ import annotations

from monitor.match.tables.words import words


def _pairs(lines: str) -> dict[str, str]:
    """Pairs like a=b as a table; a pair without a right side makes a letter silent."""
    return dict(pair.split("=", 1) for pair in words(lines))


#: Letters of each script → their sound. Read after folding, so that variants of one letter stand here once.
LETTERS: dict[str, dict[str, str]] = {
    "Cyrl": _pairs(
        "дж=j дз=dz кс=ks а=a б=b в=v г=g д=d е=e ж=zh з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=ch ш=sh щ=sh "
        "ъ= ы=y ь= э=e ю=yu я=ya є=ye і=i ј=y љ=ly њ=ny ћ=ch ђ=j џ=j ѕ=dz ә=a ғ=g қ=k ң=ng ө=o ұ=u ү=u һ=h ҳ=h ҷ=j ӣ=i ӯ=u ӱ=u ҥ=ng ӏ="
    ),
    "Grek": _pairs(
        "ντ=nt μπ=mp γκ=g γγ=ng τζ=j τσ=ch ου=u αι=e ει=i οι=i υι=i αυ=av ευ=ev α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks "
        "ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=h ψ=ps ω=o"
    ),
    "Armn": _pairs(
        "ու=u եւ=ev և=ev ա=a բ=b գ=g դ=d ե=e զ=z է=e ը= թ=t ժ=zh ի=i լ=l խ=kh ծ=c կ=k հ=h ձ=dz ղ=g ճ=ch մ=m յ=y ն=n շ=sh ո=o չ=ch պ=p "
        "ջ=j ռ=r ս=s վ=v տ=t ր=r ց=c ւ=v փ=p ք=k օ=o ֆ=f"
    ),
    "Geor": _pairs(
        "ა=a ბ=b გ=g დ=d ე=e ვ=v ზ=z თ=t ი=i კ=k ლ=l მ=m ნ=n ო=o პ=p ჟ=zh რ=r ს=s ტ=t უ=u ფ=p ქ=k ღ=g ყ=k შ=sh ჩ=ch ც=c ძ=dz წ=c ჭ=ch "
        "ხ=h ჯ=j ჰ=h"
    ),
    "Hebr": _pairs(
        "ג'=j צ'=ch ז'=zh ת'=th וו=v יי=y א=a ב=b ג=g ד=d ה=h ו=w ז=z ח=h ט=t י=y כ=k ל=l מ=m נ=n ס=s ע=a פ=p צ=c ק=k ר=r ש=sh ת=t '="
    ),
    "Arab": _pairs(
        "ا=a ب=b پ=p ت=t ث=th ج=j چ=ch ح=h خ=kh د=d ذ=d ر=r ز=z ژ=zh س=s ش=sh ص=s ض=d ط=t ظ=z ع=a غ=g ف=f ق=k ك=k گ=g ل=l م=m ن=n ه=h و=w "
        "ي=y ء= ٹ=t ڈ=d ڑ=r ټ=t ډ=d ړ=r ږ=zh ښ=sh څ=ts ځ=dz ڤ=v ۋ=v ۆ=o ۇ=u ۈ=u ێ=e ڕ=r ڵ=l ڭ=ng ڏ=d ڊ=d ٺ=t ٿ=t ڀ=b ڄ=j ڃ=n ڇ=ch ڌ=d ڙ=r "
        "ڱ=n ڻ=n ڦ=p ڳ=g ٽ=t ڍ=d ۅ=o ێ=e"
    ),
    "Thai": _pairs(
        "ทร=tr ก=k ข=k ฃ=k ค=k ฅ=k ฆ=k ง=ng จ=ch ฉ=ch ช=ch ซ=s ฌ=ch ญ=y ฎ=d ฏ=t ฐ=t ฑ=t ฒ=t ณ=n ด=d ต=t ถ=t ท=t ธ=t น=n บ=b ป=p ผ=p ฝ=f "
        "พ=p ฟ=f ภ=p ม=m ย=y ร=r ฤ=ri ล=l ว=w ศ=s ษ=s ส=s ห=h ฬ=l อ=o ฮ=h ะ=a ั=a า=a ำ=am ิ=i ี=i ึ=u ื=u ุ=u ู=u เ=e แ=e โ=o ใ=ai ไ=ai ็= "
        "่= ้= ๊= ๋= ์= ํ= ๆ= ฯ="
    ),
    "Laoo": _pairs(
        "ກ=k ຂ=k ຄ=k ງ=ng ຈ=ch ສ=s ຊ=s ຍ=ny ດ=d ຕ=t ຖ=t ທ=t ນ=n ບ=b ປ=p ຜ=p ຝ=f ພ=p ຟ=f ມ=m ຢ=y ຣ=r ລ=l ວ=v ຫ=h ອ= ຮ=h ະ=a ັ=a າ=a "
        "ຳ=am ິ=i ີ=i ຶ=u ື=u ຸ=u ູ=u ົ=o ຼ=l ຽ=i ເ=e ແ=e ໂ=o ໃ=ai ໄ=ai ່= ້= ໊= ໋= ໌= ໍ=o ໜ=n ໝ=m"
    ),
    "Khmr": _pairs(
        "ក=k ខ=k គ=k ឃ=k ង=ng ច=ch ឆ=ch ជ=ch ឈ=ch ញ=nh ដ=d ឋ=t ឌ=d ឍ=t ណ=n ត=t ថ=t ទ=t ធ=t ន=n ប=b ផ=p ព=p ភ=p ម=m យ=y រ=r ល=l វ=v "
        "ឝ=s ឞ=s ស=s ហ=h ឡ=l អ=a ឣ=a ឤ=a ឥ=e ឦ=ei ឧ=u ឩ=u ឪ=ov ឫ=ru ឬ=ru ឭ=lu ឮ=lu ឯ=e ឰ=ai ឱ=o ឲ=o ឳ=au ា=a ិ=i ី=i ឹ=u ឺ=u ុ=o ូ=u ួ=uo "
        "ើ=eu ឿ=eu ៀ=ie េ=e ែ=e ៃ=ai ោ=o ៅ=ov ំ=m ះ=h ៈ= ៉= ៊= ់= ៌=r ៍= ៎= ៏= ័=a ្="
    ),
    "Mymr": _pairs(
        "က=k ခ=k ဂ=g ဃ=g င=ng စ=s ဆ=s ဇ=z ဈ=z ဉ=ny ည=ny ဋ=t ဌ=t ဍ=d ဎ=d ဏ=n တ=t ထ=t ဒ=d ဓ=d န=n ပ=p ဖ=p ဗ=b ဘ=b မ=m ယ=y ရ=r လ=l ဝ=w သ=th "
        "ဟ=h ဠ=l အ=a ဣ=i ဤ=i ဥ=u ဦ=u ဧ=e ဩ=o ဪ=o ါ=a ာ=a ိ=i ီ=i ု=u ူ=u ေ=e ဲ=e ံ=n ့= း= ္= ်= ျ=y ြ=y ွ=w ှ=h ဿ=th"
    ),
    "Sinh": _pairs(
        "අ=a ආ=a ඇ=a ඈ=a ඉ=i ඊ=i උ=u ඌ=u ඍ=ri එ=e ඒ=e ඓ=ai ඔ=o ඕ=o ඖ=au ක=k ඛ=k ග=g ඝ=g ඞ=n ඟ=ng ච=ch ඡ=ch ජ=j ඣ=j ඤ=ny ඥ=ny ඦ=nj ට=t ඨ=t "
        "ඩ=d ඪ=d ණ=n ඬ=nd ත=t ථ=t ද=d ධ=d න=n ඳ=nd ප=p ඵ=p බ=b භ=b ම=m ඹ=mb ය=y ර=r ල=l ව=v ශ=sh ෂ=sh ස=s හ=h ළ=l ෆ=f ං=n ඃ=h ා=a ැ=a ෑ=a "
        "ි=i ී=i ු=u ූ=u ෘ=ru ෙ=e ේ=e ෛ=ai ො=o ෝ=o ෞ=au"
    ),
}

#: Sounds of the Indic blocks by place in the block; Unicode lays them out alike from Devanagari to Malayalam (after ISCII).
INDIC: dict[int, str] = {
    0x01: "n", 0x02: "n", 0x03: "h", 0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0D: "e", 0x0E: "e",
    0x0F: "e", 0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au", 0x15: "k", 0x16: "k", 0x17: "g", 0x18: "g", 0x19: "ng", 0x1A: "ch",
    0x1B: "ch", 0x1C: "j", 0x1D: "j", 0x1E: "ny", 0x1F: "t", 0x20: "t", 0x21: "d", 0x22: "d", 0x23: "n", 0x24: "t", 0x25: "t", 0x26: "d",
    0x27: "d", 0x28: "n", 0x29: "n", 0x2A: "p", 0x2B: "f", 0x2C: "b", 0x2D: "b", 0x2E: "m", 0x2F: "y", 0x30: "r", 0x31: "r", 0x32: "l",
    0x33: "l", 0x34: "l", 0x35: "v", 0x36: "sh", 0x37: "sh", 0x38: "s", 0x39: "h", 0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u",
    0x43: "ri", 0x45: "e", 0x46: "e", 0x47: "e", 0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au", 0x56: "ai", 0x57: "au", 0x58: "k",
    0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "r", 0x5E: "f", 0x5F: "y", 0x70: "n",
}  # fmt: skip
INDIC_BLOCKS: dict[str, int] = {
    "Deva": 0x0900, "Beng": 0x0980, "Guru": 0x0A00, "Gujr": 0x0A80, "Orya": 0x0B00, "Taml": 0x0B80, "Telu": 0x0C00, "Knda": 0x0C80,
    "Mlym": 0x0D00,
}  # fmt: skip
#: Letters of single Indic scripts that differ from the common place: nukta letters, Malayalam chillus, Bengali khanda ta, Tamil f.
INDIC_LETTERS: dict[str, str] = {
    "ज़": "z", "फ़": "f", "ड़": "r", "ढ़": "r", "क़": "k", "ख़": "kh", "ग़": "g", "য়": "y", "ড়": "r", "ঢ়": "r", "ৎ": "t", "জ়": "z", "ਜ਼": "z", "ਫ਼": "f",
    "ਸ਼": "sh", "ਖ਼": "kh", "ਗ਼": "g", "ਲ਼": "l", "ஃப": "f", "ஃ": "", "ൺ": "n", "ൻ": "n", "ർ": "r", "ൽ": "l", "ൾ": "l", "ൿ": "k", "ੱ": "", "ফ": "f",
    "ன": "n", "ச": "s", "ற்ற": "t", "ം": "m", "ওয়া": "va", "റ്റ": "t", "ఁ": "n",
}  # fmt: skip

#: Hangul letters: onsets, vowels and codas in the order of Unicode's composition, Revised Romanization by ear.
HANGUL_ONSETS = ("g", "g", "n", "d", "d", "r", "m", "b", "b", "s", "s", "", "j", "j", "ch", "k", "t", "p", "h")
HANGUL_VOWELS = (
    "a", "e", "ya", "ye", "o", "e", "yo", "ye", "o", "wa", "we", "we", "yo", "u", "wo", "we", "wi", "yu", "u", "i", "i",
)  # fmt: skip
HANGUL_CODAS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "h",
)  # fmt: skip
