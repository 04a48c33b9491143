"""What anybody may open without an account: a paper's answer, how a matter stands, a word on the service, a station."""
