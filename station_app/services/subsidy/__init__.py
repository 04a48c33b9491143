"""以案定补: classes of mediated cases as people gave them, their review, and the sheet of a month."""
