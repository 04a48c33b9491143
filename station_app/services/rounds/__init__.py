"""Work about no case: rounds over a place, duty list, day log, satisfaction; they travel as reference."""
