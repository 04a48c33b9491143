"""Where the server keeps what it was told: one port, two back ends (PostgreSQL; SQLite for small districts)."""
