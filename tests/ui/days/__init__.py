"""Days of the people who use the desk, worked through by keyboard; keystrokes beyond free text are counted."""
