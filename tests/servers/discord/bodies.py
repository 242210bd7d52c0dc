"""What a request holds: JSON, or a form with JSON and files in it."""

import json
from typing import Any

from aiohttp import web

Files = list[dict[str, Any]]


def numbers(body: Any) -> Any:
    """Permissions are texts in Discord's manual and in every library, numbers in its description."""
    return {key: int(value) if key in ("allow", "deny") else value for key, value in body.items()} if body else body


async def read(request: web.Request) -> tuple[Any, Files]:
    if not request.can_read_body:
        return None, []
    if request.content_type != "multipart/form-data":
        return await request.json(), []
    form = await request.post()
    payload = json.loads(str(form["payload_json"]))
    files = []
    for entry in payload.get("attachments") or payload.get("data", {}).get("attachments") or []:
        entry["id"] = str(entry["id"])  # Discord's own examples have numbers here, against its description
        part = form.get(f"files[{entry['id']}]")
        if isinstance(part, web.FileField):
            files.append({**entry, "content": part.file.read()})
    return payload, files
