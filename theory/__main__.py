"""``python -m theory`` is the command ``synaptic-energy``."""

from theory.cli import main

if __name__ == "__main__":  # whoever lists modules imports this one too
    main(prog_name="synaptic-energy")
