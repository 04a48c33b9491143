"""Looking after what is stored: are the files whole, is this still the disk it was?"""
