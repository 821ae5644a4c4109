"""What the processor can do with numbers of eight bits, on which the speed of a network in INT8 depends."""

from __future__ import annotations

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")


def processor() -> str:
    """Of this machine: 'AVX2 without VNNI', or its architecture where the system doesn't tell more."""
    try:
        return instructions(CPUINFO.read_text(encoding="utf-8")) or platform.machine()
    except OSError:
        return platform.machine()


def instructions(cpuinfo: str) -> str | None:
    """The widest vectors by what Linux tells of a processor, and whether it has VNNI, products of bytes."""
    flags = next((line.split() for line in cpuinfo.splitlines() if line.startswith("flags")), [])
    widest = next(
        (name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"), ("avx", "AVX")) if flag in flags),
        None,
    )
    vnni = not {"avx512_vnni", "avx_vnni"}.isdisjoint(flags)
    return widest and f"{widest} {'with' if vnni else 'without'} VNNI"
