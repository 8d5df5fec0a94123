"""Letters that stand for the same letter when names are compared; each table says which standard or usage it follows."""

from __future__ import annotations

#: Latin letters that do not decompose, as they are usually written without their stroke or ligature (usage of passports, ICAO 9303).
LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "a",
    "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɛ": "e", "ɔ": "o", "ŧ": "t", "ʋ": "v", "ɨ": "i", "ɖ": "d", "ƒ": "f", "ĸ": "k",
}  # fmt: skip

#: Letters of the Arabic script that writers and keyboards exchange freely (hamza seats, final yeh and heh, Persian and Arabic kaf and yeh).
ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ە": "ه",
    "ھ": "ه", "ۃ": "ه", "ؤ": "و", "ئ": "ي", "ے": "ي", "ۓ": "ي", "ګ": "گ", "ں": "ن", "ڼ": "ن",
}  # fmt: skip

#: Cyrillic letters whose mark is often left out in print, and Ukrainian ґ.
CYRILLIC = {"ё": "е", "й": "и", "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к", "ґ": "г", "ѐ": "е", "ѝ": "и"}

#: Final forms of Hebrew letters.
HEBREW = {"ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ"}

#: Ethiopic series that sound alike today and are exchanged in spelling (Amharic h, s, a and ts rows), first letter of each row.
ETHIOPIC_ROWS = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}

#: Signs that mean a hyphen or a dot between the parts of one name, and hence a space (a long dash separates clauses and is none).
JOINERS = "-‐‑‒–−﹘﹣－·・･‧•∙⋅᛫"

#: Signs that mean an apostrophe inside a name.
APOSTROPHES = "'’‘ʼʻʹʾʿ`´‛′＇ʽ՚׳"

#: Cyrillic, Greek and Armenian letters that look like a Latin one (the pairs every reader takes for each other; Unicode TR 39 lists more).
LOOKALIKES = {
    "а": "a", "в": "b", "с": "c", "е": "e", "ԁ": "d", "һ": "h", "н": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "о": "o",
    "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y", "ү": "y", "п": "n", "и": "u",
    "α": "a", "β": "b", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x",
    "ζ": "z", "γ": "y", "ω": "w", "ո": "n", "օ": "o", "ս": "u", "հ": "h", "ց": "g", "ա": "w", "ք": "p",
}  # fmt: skip
