"""What the server's end of the line needs beside its rooms."""
