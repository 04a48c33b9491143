"""The legal consultant's work: the queue of agreements to be looked at, and two versions compared word by word."""
