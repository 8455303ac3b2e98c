"""What plasticity costs.

The energy of learning depends on how a change is priced: by its size, by a power of it, or by the
mere event, for both signs or for one. The same runs are priced under all these models, and the
formulas say what caching saves under each.
"""

from theory.crosscheck.chapter import Chapter
from theory.crosscheck.chapters.costs import models, persistent, pricing
from theory.crosscheck.chapters.costs.figures import FIGURES

CHAPTER = Chapter(
    name="costs",
    title="What plasticity costs",
    source="LvR, CP and REV on the cost model",
    claims_in=(models, persistent, pricing),
    formulas=("costs", "prices"),
    notebooks=("13",),
    figures=FIGURES,
)
