"""What an agreement says: obligations and their split over payees and instalments, its terms in words, its copies."""
