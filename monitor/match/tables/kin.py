"""Kinship phrases: right before or after a name they mean somebody else than the person named.

Ordinary vocabulary of each language, in the folded spelling of texts (lower case, no accents, no optional marks).
"""

from __future__ import annotations

from monitor.match.tables.words import words

_ENGLISH = words(
    "wife husband widow widower mother father parents son daughter children child brother sister brothers sisters siblings family relatives "
    "uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter fiancee fiance girlfriend boyfriend partner spouse "
    "lawyer lawyers attorney colleague colleagues friend friends supporters driver bodyguard assistant"
)

#: Phrases that end right before the name they lean on.
BEFORE: tuple[str, ...] = (
    *(f"{word} of" for word in _ENGLISH),
    "lawyer for", "lawyers for", "attorney for",
    *(f"{word} {de}" for de in ("de", "d'") for word in (
        "femme", "epouse", "mari", "epoux", "veuve", "mere", "pere", "fils", "fille", "frere", "soeur", "famille", "proches", "avocat",
        "avocate", "avocats", "collegue", "ami", "amie")),
    *(f"{word} de" for word in (
        "esposa", "esposo", "marido", "viuda", "madre", "padre", "hijo", "hija", "hijos", "hermano", "hermana", "hermanos", "familia",
        "familiares", "abogado", "abogada", "companera", "companero", "mulher", "mae", "pai", "filho", "filha", "irmao", "irma", "advogado")),
    "жена", "жены", "жену", "муж", "мужа", "мать", "матери", "отец", "отца", "сын", "сына", "дочь", "дочери", "брат", "брата", "сестра",
    "сестры", "вдова", "адвокат", "адвоката", "семья", "семьи", "дружина", "чоловік", "мати", "батько", "син",
    "زوجه", "زوج", "ارمله", "والده", "والد", "ام", "ابن", "ابنه", "نجل", "شقيق", "شقيقه", "اخت", "اخ", "اسره", "عايله", "محامي",
    "همسر", "مادر", "پدر", "پسر", "دختر", "برادر", "خواهر", "خانواده", "وكيل",
    "ប្រពន្ធ", "ប្រពន្ធ លោក", "ភរិយា", "ភរិយារបស់លោក", "ភរិយាលោក", "ប្ដី", "ប្តី", "ស្វាមី", "ម្ដាយ", "ម្តាយ", "ឪពុក", "កូនប្រុស", "កូនស្រី",
    "បងប្រុស", "ប្អូនប្រុស", "ប្អូនស្រី", "មេធាវី", "មេធាវីរបស់លោក", "ក្រុមគ្រួសារ",
    "vo", "chong", "me", "con trai", "con gai", "anh trai", "em gai", "istri", "suami", "ibu", "ayah", "anak", "isteri",
    "umm", "abu", "um",
)  # fmt: skip

#: What follows a name when it is another person who is meant, after the possessive.
AFTER: tuple[str, ...] = tuple(f"'s {word}" for word in _ENGLISH) + tuple(f"s' {word}" for word in _ENGLISH)
