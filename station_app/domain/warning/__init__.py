"""The warning colour of a case: rules of the pack, words in free text and what denies them, how they are weighed."""
