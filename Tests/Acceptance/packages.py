#!/usr/bin/env python3
"""The release tarball and the Debian package, made of the program and installed as users do.

The package is installed into a root of its own and removed again. Prints `N passed, N failed`.
"""

import gzip
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

from checks import Checks, empty_directory
from sfnctl_server import sfnctl

ROOT = pathlib.Path(__file__).resolve().parents[2]
check = Checks()


def run(*command, **options) -> str:
    """What a command prints; fails with what it said."""
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True,
                          timeout=300, check=False, **options)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def make(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """Makes the packages; the tarball and the Debian package."""
    run(sys.executable, ROOT / "Tools" / "package", "--program", shutil.which(sfnctl()),
        "--output", folder)
    (tarball,), (package,) = folder.glob("*.tar.gz"), folder.glob("*.deb")
    return tarball, package


def digest(file: pathlib.Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Dpkg:
    """A root with nothing in it but dpkg's own records."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = root
        records = root / "var" / "lib" / "dpkg"
        for name in ("info", "updates", "triggers"):
            (records / name).mkdir(parents=True)
        (records / "status").touch()
        (records / "available").touch()
        self.before = self.files()

    def __call__(self, *arguments) -> str:
        # The root has no other package, hence none that is depended on.
        return run("dpkg", f"--root={self.root}", "--force-depends", "--force-not-root",
                   "--force-script-chrootless", "--log=/dev/null", *arguments)

    def files(self) -> set[str]:
        """What is there but dpkg's records."""
        every = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*"))
        return {path for path in every if not path.startswith("var")}


@check
def the_tarball_runs_where_it_is_unpacked(folder, tarball, _):
    with tarfile.open(tarball) as archive:
        names = archive.getnames()
        assert all(member.uname == "root" for member in archive), names
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    version = run(sfnctl(), "--version").strip()
    assert unpacked.name == f"stepwell-{version}-linux-{os.uname().machine}"
    program = unpacked / "bin" / "sfnctl"
    # Without the toolchain's libraries anywhere near.
    plain = {"PATH": "/usr/bin:/bin"}
    assert run(program, "--version", env=plain).strip() == version
    assert run(program, "eval", "--language", "jsonata", "1+1", env=plain).strip() == "2"
    libraries = run("ldd", program, env=plain)
    assert "not found" not in libraries and "libswift" not in libraries, libraries
    assert program.stat().st_size < pathlib.Path(shutil.which(sfnctl())).stat().st_size


@check
def the_package_is_installed_and_removed_again(folder, _, package):
    dpkg = Dpkg(folder)
    dpkg("-i", package)
    assert (folder / "usr/bin/sfnctl").stat().st_mode & 0o777 == 0o755
    unit = (folder / "usr/lib/systemd/system/stepwell.service").read_text()
    assert "ExecStart=/usr/bin/sfnctl serve" in unit
    page = gzip.decompress((folder / "usr/share/man/man1/sfnctl-serve.1.gz").read_bytes())
    assert b".SH SYNOPSIS" in page
    run("bash", "-n", folder / "usr/share/bash-completion/completions/sfnctl")
    for name in ("README.md", "OPERATING.md", "copyright"):
        assert (folder / "usr/share/doc/stepwell" / name).read_bytes()
    dpkg("-P", "stepwell")
    assert dpkg.files() <= dpkg.before, sorted(dpkg.files() - dpkg.before)


@check
def the_package_names_what_it_needs(_, __, package):
    fields = dict(re.findall(r"^(\S+): (.*)$", run("dpkg-deb", "-f", package), re.MULTILINE))
    needed = fields["Depends"].split(", ")
    assert "liblmdb0" in needed and "libc6" in needed, needed
    assert fields["Version"] == run(sfnctl(), "--version").strip()
    assert int(fields["Installed-Size"]) > 1000


@check
def the_same_commit_gives_the_same_bytes(folder, *files):
    again = make(folder)
    assert [digest(file) for file in again] == [digest(file) for file in files]


@check
def a_program_that_needs_the_toolchain_is_refused(folder, *_):
    source = folder / "needs.c"
    source.write_text("int main(void) { return 0; }")
    run("cc", "-shared", "-o", folder / "libswiftCore.so", "-x", "c", "/dev/null")
    run("cc", source, "-o", folder / "needs", "-Wl,--no-as-needed", "-L", folder, "-lswiftCore")
    done = subprocess.run(
        [sys.executable, ROOT / "Tools" / "package", "--program", folder / "needs",
         "--output", folder / "out"],
        capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"LD_LIBRARY_PATH": str(folder)})
    assert done.returncode == 1 and "--static-swift-stdlib" in done.stderr, done


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        sys.exit(check.run(empty_directory, *make(pathlib.Path(made))))
