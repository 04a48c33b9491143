"""How facts travel; never imports station_app."""
