"""What the line needs beside the transport: reading its faults, keeping to a speed, going on after a cut."""
