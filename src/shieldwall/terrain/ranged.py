"""Reading parts of a file on a web server, trusting nothing it answers.

GDAL could fetch by itself, but its network settings are global, its errors are vague and its
retries cannot be tested. Here every request is made by the standard library: https only (plain
http to this machine alone), no redirects, limits on time and size, checked ranges, retries with
backoff. GDAL only decodes the bytes it is handed through ``RangedFile``.
"""

from __future__ import annotations

import http.client
import io
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shieldwall.errors import FetchError

BLOCK_BYTES = 64 * 1024
HEAD_BYTES = 2 * BLOCK_BYTES
"""The first request: the directories of a COG lie at its front."""

MAX_FILE_BYTES = 128 * 1024 * 1024
"""A GLO-30 tile is some 20 to 50 MB; what claims more is not one."""

BINARY_TYPES = ("image/tiff", "application/octet-stream", "binary/octet-stream")
TEXT_TYPES = ("text/plain", *BINARY_TYPES)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True)
class Answer:
    """Bytes from ``first`` on, the size of the whole file, and its version tag."""

    data: bytes
    first: int
    total: int
    tag: str


class _Again(Exception):
    """A failure that may pass: worth another attempt."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Client:
    """How requests are made; ``get`` is the only thing in the product that opens a connection."""

    timeout_s: float = 20.0
    """Longest silence of the server."""
    deadline_s: float = 180.0
    """Longest time for one answer, however steadily it drips."""
    attempts: int = 4
    backoff_s: float = 1.0
    """Pause before the second attempt; doubled before each further one."""
    sleep: Callable[[float], None] = time.sleep

    def get(
        self, url: str, types: tuple[str, ...], first: int = 0, last: int = MAX_FILE_BYTES - 1
    ) -> Answer | None:
        """Bytes ``first`` to ``last`` of a file (fewer at its end); ``None`` if it is not there.

        Raises ``FetchError`` for an address that is not allowed, a wrong kind of answer, or a
        failure that outlasts all attempts.
        """
        check_address(url)
        reason: Exception | None = None
        for attempt in range(self.attempts):
            if attempt:
                self.sleep(self.backoff_s * 2 ** (attempt - 1))
            try:
                return self._once(url, types, first, last)
            except (_Again, OSError, http.client.HTTPException) as error:
                reason = error
        raise FetchError(
            f"{url}: {_plain(reason)}, after {self.attempts} attempts; what was complete is kept, "
            "run the same command again to go on"
        ) from reason

    def _once(self, url: str, types: tuple[str, ...], first: int, last: int) -> Answer | None:
        request = urllib.request.Request(
            url,
            headers={
                "Range": f"bytes={first}-{last}",
                "Accept-Encoding": "identity",
                "User-Agent": "shieldwall",
            },
        )
        until = time.monotonic() + self.deadline_s
        try:
            with _opener(url).open(request, timeout=self.timeout_s) as response:
                _check_type(url, response, types)
                start, length, total = _extent(url, response, first, last)
                data = _body(response, length, until)
                return Answer(data, start, total, response.headers.get("ETag", ""))
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 404:
                    return None
                raise _refused(url, error) from error


def check_address(url: str) -> None:
    """Allow https, and http to this machine alone. Raises ``FetchError`` otherwise."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (local or parts.scheme == "https") or not parts.hostname or parts.username:
        raise FetchError(f"{url}: terrain is fetched over https only, from an address with a host")


class RangedFile(io.RawIOBase):
    """A file on a server, as a file object that reads only the blocks it is asked for.

    Errors are kept in ``error`` and not raised: the caller is GDAL, which cannot pass an exception
    on. It is answered with nothing, as at the end of a file, and whoever handed it the file looks.
    """

    def __init__(self, client: Client, url: str, head: Answer) -> None:
        super().__init__()
        self._client, self._url = client, url
        self.size, self._tag = head.total, head.tag
        self._at = 0
        self._blocks: dict[int, bytes] = {}
        self.received = 0
        self.error: FetchError | None = None
        self.overrun = False
        """Whether something beyond the end of the file was asked for: it has been cut short."""
        self._keep(head)

    def close(self) -> None:
        """Nothing to close: GDAL opens and closes the same object more than once."""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        end = self.size if size < 0 else self._at + size
        self.overrun |= end > self.size
        end = min(end, self.size)
        if self.error is not None or self._at >= end:
            return b""
        first, last = self._at // BLOCK_BYTES, (end - 1) // BLOCK_BYTES
        try:
            self._need(first, last)
        except FetchError as error:
            self.error = error
            return b""
        data = b"".join(self._blocks[b] for b in range(first, last + 1))
        part = data[self._at - first * BLOCK_BYTES : end - first * BLOCK_BYTES]
        self._at = end
        return part

    def _need(self, first: int, last: int) -> None:
        missing = [b for b in range(first, last + 1) if b not in self._blocks]
        if not missing:
            return
        start = missing[0] * BLOCK_BYTES
        stop = min((missing[-1] + 1) * BLOCK_BYTES, self.size) - 1
        answer = self._client.get(self._url, BINARY_TYPES, start, stop)
        if answer is None or (answer.total, answer.tag) != (self.size, self._tag):
            raise FetchError(f"{self._url}: the file changed while it was read; fetch again")
        self._keep(answer)

    def _keep(self, answer: Answer) -> None:
        self.received += len(answer.data)
        end = answer.first + len(answer.data)
        for at in range(answer.first, end, BLOCK_BYTES):
            block = answer.data[at - answer.first : at - answer.first + BLOCK_BYTES]
            if len(block) == BLOCK_BYTES or at + len(block) == self.size:
                self._blocks[at // BLOCK_BYTES] = block


def _opener(url: str) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if urlsplit(url).hostname in LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


def _check_type(url: str, response: Any, types: tuple[str, ...]) -> None:
    kind = response.headers.get("Content-Type", BINARY_TYPES[-1]).split(";")[0].strip().lower()
    if kind not in types:
        raise FetchError(
            f"{url}: the server answered with {kind!r}, not with {' or '.join(types)}; "
            "is there a login or proxy page in between?"
        )


def _extent(url: str, response: Any, first: int, last: int) -> tuple[int, int, int]:
    """Where an answer starts, how long it must be, and how large the file is."""
    if response.status == 206:
        match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if match is None:
            raise FetchError(f"{url}: the server answered with a part but not with which part")
        start, end, total = (int(group) for group in match.groups())
        expected_end = min(last, total - 1)
        if (start, end) != (first, expected_end):
            raise FetchError(
                f"{url}: bytes {start} to {end} came instead of {first} to {expected_end}"
            )
    elif response.status == 200:  # a server without ranges sends the whole file
        start, end, total = 0, -1, int(response.headers.get("Content-Length") or -1)
        if total < 0:
            raise FetchError(f"{url}: the server does not say how long its answer is")
        end = total - 1
    else:
        raise FetchError(f"{url}: unexpected status {response.status}")
    if total > MAX_FILE_BYTES:
        raise FetchError(
            f"{url}: the server claims {total:,} bytes; a tile stays under {MAX_FILE_BYTES:,}"
        )
    return start, end - start + 1, total


def _body(response: Any, length: int, until: float) -> bytes:
    data = bytearray()
    while len(data) < length:
        part = response.read1(min(1 << 20, length - len(data)))
        if not part:
            raise _Again(f"the connection ended after {len(data):,} of {length:,} bytes")
        data += part
        if time.monotonic() > until:
            raise _Again("the server is too slow")
    return bytes(data)


def _refused(url: str, error: urllib.error.HTTPError) -> Exception:
    """The error that a refusal by the server amounts to."""
    if error.code == 416:
        return FetchError(f"{url}: the file is shorter than its own directory says: truncated")
    if error.code == 429 or error.code >= 500:
        return _Again(f"the server answered {error.code} {error.reason}")
    if 300 <= error.code < 400:
        return FetchError(f"{url}: the server redirects elsewhere ({error.code}); not followed")
    return FetchError(f"{url}: the server refused ({error.code} {error.reason})")


def _plain(error: Exception | None) -> str:
    if isinstance(error, TimeoutError):
        return "the server fell silent"
    reason = getattr(error, "reason", None)
    return str(reason or error)
