"""New versions of the program: looked for, fetched, checked, put in force, gone back from. Data is saved before.

Versions lie side by side (station_app/launcher.py); sync/contract/releasing says what a release is. What is kept of it
lies in `updates/` beside the data, in clear: going back must be possible with no password and no database.
"""
