"""The desktop program of a community service station (群众诉求服务站)."""
