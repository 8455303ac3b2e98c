"""``python -m theory`` is the command ``synaptic-energy``."""

from theory.cli import main

main(prog_name="synaptic-energy")
