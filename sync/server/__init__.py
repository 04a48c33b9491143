"""The district server: FastAPI over PostgreSQL or embedded SQLite."""
