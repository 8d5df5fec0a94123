"""The campaign: a real daemon between a real publisher, a strict Slack and a real mail server, broken and killed by a seeded plan.

Every printed item is about a person of its own, whose invented name is its marker: what each channel shows at the end is counted by
marker. `python -m tests.campaign --seed S --rounds N` prints one line a round and the verdict as the last line.
"""
