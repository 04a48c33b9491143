"""What several tests share: clock, log watch, home of their own, fonts, PostgreSQL."""
