"""The clause library: kinds of agreements as data; their questions, obligations and terms, filled from answers."""
