"""The encrypted local database: op log, projections, search, drafts, keys."""
