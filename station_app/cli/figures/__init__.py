"""Commands about figures: statistics, reports, the year of the demonstration."""
