"""How claims cite the papers whose names are too long to repeat."""

COMPETITIVE_PLASTICITY = "van Rossum (2023), Competitive plasticity"
REVIEW = "Pache & van Rossum (2023)"
