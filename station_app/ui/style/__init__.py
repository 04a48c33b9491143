"""How the desk looks: tokens, style sheet, icons, fonts."""
