"""Units and places of the district, as a list says them: stations, departments, courts, rooms."""
