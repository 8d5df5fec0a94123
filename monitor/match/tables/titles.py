"""Words that stand right before a name and are no part of it: a capital there does not make another person.

Ordinary vocabulary, folded. Language packs add theirs.
"""

from __future__ import annotations

from monitor.match.tables.words import words

BEFORE = frozenset(
    words(
        "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister brother bishop imam sheikh shaikh hajji haji sayyid syed "
        "judge justice lawyer attorney activist activists journalist defender blogger president minister senator deputy governor mayor general "
        "colonel captain lieutenant sergeant officer chief commissioner director chairman chairwoman chairperson chair leader member monk nun "
        "venerable ven oknha neak lok samdech tep engineer advocate adv comrade captain coach king queen prince princess pope "
        "m mme mlle me maitre docteur sr sra srta don dona herr frau pan pani bapak ibu pak bu datuk dato tan sri thay co ong ba anh chi em "
        "u daw ko ma saw sai naw nang khun ustaz ustad mullah maulana ayatollah hojatoleslam"
    )
)

#: Words that begin sentences and clauses; a capital on them says nothing.
OPENERS = frozenset(
    words(
        "the a an and but or if when while after before since for in on at by with from to of as so yet then now today yesterday last according "
        "police authorities court prosecutors officials he she they his her their its it this that these those both also however meanwhile "
        "although though because despite during under over release free justice where who why how what "
        "el la los las le les un une et mais il elle y pero en con por para de del al der die das und aber er sie"
    )
)
