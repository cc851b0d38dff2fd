"""A copy of the source tree in which some files are others. It builds by itself; what has not changed keeps its time."""

COPIED = ["reference", "harness", "cmake", "scenarios", "fuzz", "CMakeLists.txt", "CMakePresets.json"]


def ids_header(ids):
    """mutant_ids.hpp: the mutants that one build knows."""
    listed = ", ".join(f'"{each}"' for each in ids)
    return f"#pragma once\n\n#include <string_view>\n\nnamespace mutants {{\ninline constexpr std::string_view known_ids[] = {{{listed}}};\n}}\n".encode()


def write_if_changed(path, data):
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def write(source, out, changed, folders=()):
    """`changed`: path from the root -> bytes, instead of the file there or beside those there. `folders`: copied too."""
    wanted = dict(changed)
    copied = [*COPIED, *folders]
    for name in copied:
        top = source / name
        for path in [top] if top.is_file() else sorted(each for each in top.rglob("*") if each.is_file()):
            relative = path.relative_to(source).as_posix()
            if relative not in wanted:
                wanted[relative] = path.read_bytes()
    for relative, data in wanted.items():
        write_if_changed(out / relative, data)
    for name in copied:
        folder = out / name
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.is_file() and path.relative_to(out).as_posix() not in wanted:
                path.unlink()
