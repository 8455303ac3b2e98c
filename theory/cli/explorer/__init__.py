"""A page to play with formulas: the same in the documentation and on one's own machine."""
