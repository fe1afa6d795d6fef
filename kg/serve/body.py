"""What a client sends, read up to a bound and a deadline."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request


async def read(request: Request, most: int, seconds: float) -> bytes:
    """The body of a request.  Raises HTTPException: 413 for more than `most` bytes, 408 when it does not come."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise _too_long(most)
    parts, size = [], 0
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise _too_long(most)
                parts.append(part)
    except TimeoutError as error:
        raise HTTPException(408, "the request did not come to its end in time", {"Connection": "close"}) from error
    return b"".join(parts)


def _too_long(most: int) -> HTTPException:
    return HTTPException(
        413, f"the request has more than {most:,} bytes, the most there may be", {"Connection": "close"}
    )
