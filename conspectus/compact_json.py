"""A value in; its JSON on one line out, without spaces and with letters as they are."""

from __future__ import annotations

import json

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
