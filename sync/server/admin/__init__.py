"""Looking after a district: organisation, devices, accounts, figures, backups."""
