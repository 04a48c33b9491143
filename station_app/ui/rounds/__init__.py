"""Pages on work about no case: rounds, calendar and duty list, day log."""
