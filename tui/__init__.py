"""The terminal screen: shows what the reasoner says, and reasons nothing itself."""

import os

# What a key sets off is drawn by the next frame but one: at Textual's 60 a second that alone is up to 33 ms later.
os.environ.setdefault("TEXTUAL_FPS", "240")
