"""What a check found: in the terminal, as JSON, and as a page."""
