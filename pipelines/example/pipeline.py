#!/usr/bin/env python3
"""Paints the whole picture in one colour, which the seed decides."""
import json, os, struct, zlib

def say(**message):
    print(json.dumps(message), flush=True)

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

job = json.load(open(os.environ["AUTEUR_JOB"], encoding="utf-8"))
width, height, colour = job["width"], job["height"], (job["seed"] % 2**24).to_bytes(3, "big")
say(type="log", message=f"Shot {job['address']}: {job['prompt']['text']}")
paint, rows = zlib.compressobj(), b""
for y in range(height):
    rows += paint.compress(b"\0" + colour * width)
    if y % 100 == 0: say(type="progress", progress=y / height, step=f"Row {y} of {height}")
header, data = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0), rows + paint.flush()
with open(os.environ["AUTEUR_OUTPUT"] + "/picture.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
say(type="result", outputs=[{"path": "picture.png", "mediaType": "image/png"}])
