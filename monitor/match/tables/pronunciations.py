"""How groups of Latin letters may sound, as classes of consonants: what a name may look like once others have written it by ear.

Classes: P (p b) F (f) V (v w) T (t d) K (k g q) S (s z sh zh) C (ch j ts dz) L R M N, H at the beginning only, A any vowel at the beginning.
The first class of a line is the ordinary one; each further one is a reading of some language (Spanish j, German w, Polish cz, French silent
endings, English r that is not heard …). Read from the top; "^" holds at the beginning of a name, "$" at its end.
"""

from __future__ import annotations

#: (letters, readings); "-" is a reading in which nothing is heard.
READINGS: tuple[tuple[str, str], ...] = (
    ("tsch", "C"), ("dsch", "C"), ("^sch", "S SK"), ("sch", "S SK"), ("tch", "C"), ("dzh", "C"), ("dge", "C"), ("dj", "C"), ("^ch", "C S K H"),
    ("ch", "C K S -"), ("sh", "S C"), ("zh", "S C"), ("^kh", "K H"), ("kh", "K -"), ("^gh", "K"), ("gh", "K - F"), ("ph", "F P"), ("th", "T S"),
    ("^wh", "V H A"), ("wh", "V -"), ("ck", "K"), ("cq", "K"), ("qu", "K KV"), ("cz", "C S"), ("cs", "C S KS"), ("sz", "S C"), ("zs", "S"),
    ("rz", "S RS"), ("tz", "C S TS"), ("ts", "C S TS"), ("ds$", "T TS C"), ("dz", "C S"), ("tx", "C KS"), ("^x", "S C H KS"), ("x", "KS S -"),
    ("ng", "N NK"), ("^gn", "N KN"), ("gn", "N KN"), ("^kn", "N KN"), ("^wr", "R VR"), ("^pf", "F PF"), ("mb$", "M MP"), ("mn$", "M MN"),
    ("ll", "L -"), ("lm$", "LM M"), ("lk", "LK K"), ("lc", "LK K LS"), ("^ce", "S C"), ("^ci", "S C"), ("ce", "S C K"), ("ci", "S C K"), ("cy", "S C"), ("c", "K C S"), ("^ge", "C K H S"), ("^gi", "C K H"),
    ("^gj", "K C"), ("^gy", "C K"), ("ge$", "C S K"), ("ge", "C K - S"), ("gi", "C K -"), ("gy", "C K"), ("g", "K C"), ("^j", "C A S H"), ("j", "C - S"), ("^h", "H A K"),
    ("h", "-"), ("^w", "V A"), ("w", "V -"), ("^y", "A C"), ("^ua", "A V"), ("^ue", "A V"), ("^ui", "A V"), ("^oua", "A V"), ("v", "V F - P"),
    ("f", "F P"), ("z", "S C"), ("ss", "S"), ("s$", "S -"), ("s", "S"), ("tti", "T C"), ("ti", "T C"), ("di", "T C"), ("t$", "T -"), ("d$", "T -"),
    ("nt$", "NT N"), ("rd$", "RT T R"), ("t", "T"), ("d", "T"), ("b", "P V"), ("p", "P"), ("k", "K"), ("q", "K"), ("l", "L"), ("m", "M"), ("n", "N"),
)  # fmt: skip

#: Sounds of other scripts (the Latin letters `heard` writes) → class. Longest first.
SOUNDS: dict[str, str] = {
    "tsh": "C", "dzh": "C", "dj": "C", "dch": "C", "tch": "C", "sch": "S", "ck": "K", "cz": "C", "sz": "S", "ph": "F", "sh": "S", "zh": "S", "ch": "C", "dz": "C", "kh": "K", "th": "T", "ng": "N", "ny": "N", "nh": "N", "ks": "KS",
    "p": "P", "b": "P", "f": "F", "v": "V", "w": "V", "t": "T", "d": "T", "k": "K", "g": "K", "q": "K", "s": "S", "z": "S", "c": "C", "j": "C",
    "l": "L", "r": "R", "m": "M", "n": "N", "x": "KS",
}  # fmt: skip
