"""The machinery of figures: what a figure is, how it is drawn, and how it is written."""
