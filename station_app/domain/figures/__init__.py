"""What statistics are counted by: periods, rates, streets and communities, columns of the ministry's table."""
