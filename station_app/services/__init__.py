"""The verbs: one keyword-only function for each thing a person can do."""
