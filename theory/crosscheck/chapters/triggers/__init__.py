"""What sets consolidation off."""
