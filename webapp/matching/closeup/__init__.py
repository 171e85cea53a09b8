"""One pair at a time, without numpy: what it earns for each criterion, the evidence, and the rules it would break.

For pages and for whoever looks for a mentor alone; a run works out the same for all pairs at once, in `engine/`.
"""

from webapp.matching.closeup.evidence import Evidence
from webapp.matching.closeup.explaining import Explanation, Part, Reader
from webapp.matching.closeup.rules import broken_rules

__all__ = ["Evidence", "Explanation", "Part", "Reader", "broken_rules"]
