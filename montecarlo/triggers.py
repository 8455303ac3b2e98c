"""What sets consolidation off: one vocabulary for all simulators."""

from typing import Literal

__all__ = ["Together", "Trigger"]

#: "local": a synapse whose transient weight exceeds the threshold consolidates itself. "any": it
#: makes all synapses consolidate. "total": all consolidate when the sum of the sizes of their
#: transient weights exceeds the threshold.
Trigger = Literal["local", "any", "total"]

#: The triggers by which synapses consolidate together.
Together = Literal["any", "total"]
