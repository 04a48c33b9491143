"""资料包: what papers, clauses, code lists and rules are in force here, and the signed packs that bring others."""
