#!/usr/bin/env python3
"""usage: mkhardware.py DIRECTORY

Writes fru.bin and sdr.bin for QEMU's ipmi-bmc-sim: a BMC whose inventory has
the chassis, the board and a power supply. Formats: IPMI Platform Management FRU
Information Storage Definition 1.0; IPMI 2.0, chapter 43 (SDR).
Beside them disks that whoever starts or mounts them writes to: member0.img and
member1.img, the two halves of a mirror that was not stopped (Linux' struct
mdp_superblock_1), and crashed.img, ext4 with a journal to be replayed.
"""
import datetime
import pathlib
import struct
import subprocess
import sys

AREA = 1024  # bytes of a FRU; QEMU takes one size for all (fruareasize)
PSU_SERIAL = "DPSN0000123456"
DISK = 16 << 20  # bytes of each disk
MEMBERS = 128  # that a superblock has room for


def checksum(data):
    return -sum(data) & 0xFF


def text(value):
    """A type/length byte for 8-bit ASCII, then the text."""
    raw = value.encode("latin-1")
    return bytes([0xC0 | len(raw)]) + raw


def area(head, *fields):
    """An info area: version, length in 8 bytes, head, fields, end mark, sum."""
    body = bytes([1, 0]) + head + b"".join(map(text, fields)) + b"\xC1"
    size = (len(body) + 1 + 7) // 8 * 8
    body = body.ljust(size - 1, b"\0")
    body = body[:1] + bytes([size // 8]) + body[2:]
    return body + bytes([checksum(body)])


def chassis(part, serial):
    return area(b"\x17", part, serial)  # 0x17: rack mount chassis


def board(made, *fields):
    minutes = int((made - datetime.datetime(1996, 1, 1)).total_seconds() // 60)
    return area(b"\x19" + minutes.to_bytes(3, "little"), *fields)


def product(*fields):
    return area(b"\x19", *fields)


def fru(chassis_area=b"", board_area=b"", product_area=b""):
    offset, offsets, body = 8, [], b""
    for part in (chassis_area, board_area, product_area):
        offsets.append(offset // 8 if part else 0)
        offset += len(part)
        body += part
    header = bytes([1, 0, *offsets, 0, 0])
    return (header + bytes([checksum(header)]) + body).ljust(AREA, b"\0")


def record(kind, body):
    return struct.pack("<HBBB", 0, 0x51, kind, len(body)) + body


def fru_locator(number, name, entity):
    """Type 0x11: makes `ipmitool fru` ask for FRUs beyond the first."""
    raw = name.encode()
    return record(0x11, bytes([0x20, number, 0x80, 0, 0, 0x10, 0, entity, number, 0, 0xC0 | len(raw)]) + raw)


def controller_locator(name):
    raw = name.encode()
    return record(0x12, bytes([0x20, 0, 0, 0xBF, 0, 0, 0, 0x2E, 1, 0, 0xC0 | len(raw)]) + raw)


def member(place):
    """A disk of a mirror of two, metadata 1.2, whose resync begins at 0."""
    sectors, data = DISK // 512, 2048
    head = struct.pack("<III4x16s32sQIiQIII", 0xA92B4EFC, 1, 0, b"bee test mirror ", b"lab:data", 1700000000, 1, 0, sectors - data, 0, 2, 0)
    head = head.ljust(128, b"\0") + struct.pack("<QQQQII16s8x", data, sectors - data, 8, 0, place, 0, f"member {place}".encode())
    head += struct.pack("<QQQ", 1700000000, 7, 0)
    roles = struct.pack("<2H", 0, 1).ljust(2 * MEMBERS, b"\xff")
    tail = struct.pack("<I32x", MEMBERS) + roles
    total = sum(struct.unpack(f"<{(len(head) + 4 + len(tail)) // 4}I", head + bytes(4) + tail))
    block = head + struct.pack("<I", (total + (total >> 32)) & 0xFFFFFFFF) + tail
    return (bytes(4096) + block).ljust(DISK, b"\0")


def crash(image):
    """An ext4 that was not unmounted: what its journal has is not yet in place."""
    image.write_bytes(bytes(DISK))
    subprocess.run(["/sbin/mkfs.ext4", "-q", "-F", image], check=True)
    subprocess.run(["/sbin/debugfs", "-w", "-f", "-", image], input=b"jo\njw -b 100 /dev/zero\njc\n", check=True, capture_output=True)


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    system = fru(
        chassis("CSE-LAB-2U", "CH-LAB-0001"),
        board(datetime.datetime(2023, 5, 17, 8, 30), "Lab Systems Inc", "LX2-BOARD", "BRD-0001-A7", "P00-11223", ""),
        product("Lab Systems Inc", "LX2 Server", "LX2-2U12", "02", "SRV-2023-0042", "ASSET 77", ""),
    )
    power = fru(product_area=product("DELTA ELEC", "PSU 800W Platinum", "DPS-800AB-1", "00F", PSU_SERIAL, "", ""))
    (out / "fru.bin").write_bytes(system + power)
    (out / "sdr.bin").write_bytes(controller_locator("LabBMC") + fru_locator(1, "PS1 FRU", 0x0A))
    for place in (0, 1):
        (out / f"member{place}.img").write_bytes(member(place))
    crash(out / "crashed.img")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    main()
