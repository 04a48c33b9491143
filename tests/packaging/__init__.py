"""What is made of the program for other machines: packages, versions side by side, texts for the unit's IT."""
