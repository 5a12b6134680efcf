"""Relations between the figures of any paper: drafted from its words, judged, and taken in as a reviewer accepts them.

draft_relations
    What must hold between the figures (see ``extraction.told_apart``), by the paper's own words.
review
    Figures, drafts and the verdicts on them.
numbered, related, judged, acknowledged
    What a reviewer accepted, as rows of the project's tables, with the verdicts on it.
"""

from digital_diplomacy.drafting.accepting import acknowledged, judged, numbered, related
from digital_diplomacy.drafting.relating import RELATIONS, draft_relations
from digital_diplomacy.drafting.reviewing import Review, review
from digital_diplomacy.frames import in_words as _in_words

__all__ = ["RELATIONS", "Review", "acknowledged", "draft_relations", "judged", "numbered", "related", "review"]

globals().update(_in_words(__name__, {"draft_relations": draft_relations, "review": review}))
