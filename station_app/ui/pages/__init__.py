"""The pages of the menu, log-in and set-up."""
