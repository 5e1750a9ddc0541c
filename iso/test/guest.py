"""A machine in QEMU: its hardware, its screen, its serial line, its SSH."""

import http.server
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import socket
import struct
import subprocess
import termios
import threading
import time
import fcntl

import pyte

# The hardware that the audit has to find.
SYSTEM_SERIAL = "SRV-2023-0042"
DRIVES = {"S64GNE0R100001": "nvme", "PHLN0001400G": "nvme", "BTYF0001480G": "sata", "WFK00001": "sas"}
MACS = {"52:54:00:aa:00:01", "52:54:00:aa:00:02"}
PSU_SERIAL = "DPSN0000123456"
DIMM_SERIAL = "DIMM0000A1"
INSPECTED = ("member0.img", "member1.img", "crashed.img")  # of mkhardware.py
SERVER = "10.0.2.100"  # the one machine of the guest's LAN, see Server

SMBIOS = [
    "type=0,vendor=American Lab Inc.,version=3.2a,date=05/17/2023",
    f"type=1,manufacturer=Lab Systems Inc,product=LX2 Server,version=02,serial={SYSTEM_SERIAL},"
    "uuid=4c4c4544-0042-4c10-8030-b9c04f534c32,sku=SKU-77,family=LX",
    "type=2,manufacturer=Lab Systems Inc,product=LX2-BOARD,version=1.02,serial=BRD-0001-A7",
    "type=3,manufacturer=Lab Systems Inc,version=1,serial=CH-LAB-0001,sku=CH",
    "type=4,sock_pfx=CPU,manufacturer=Advanced Lab Devices,version=LAB EPYC 9354P,max-speed=3800,current-speed=3250",
    f"type=17,loc_pfx=DIMM_A,bank=A,manufacturer=Samsung,serial={DIMM_SERIAL},part=M321R8GA0BB0-CQKZJ,speed=4800",
]


def null_disk(name, size):
    return ["-drive", f"if=none,id={name},driver=null-co,read-zeroes=on,size={size}"]


def hardware(directory):
    """The options of what every machine here has."""
    options = []
    for table in SMBIOS:
        options += ["-smbios", table]
    for port in range(1, 5):
        options += ["-device", f"pcie-root-port,id=rp{port},chassis={port},slot={port}"]
    options += [
        "-device", "x3130-upstream,id=up,bus=rp4",
        "-device", "xio3130-downstream,id=down1,bus=up,chassis=5,slot=1",
        *null_disk("n0", "960197124096"), "-device", "nvme,bus=rp1,serial=S64GNE0R100001,drive=n0",
        *null_disk("n1", "400088457216"), "-device", "nvme,bus=down1,serial=PHLN0001400G,drive=n1",
        *null_disk("s0", "480103981056"), "-device",
        "ide-hd,bus=ide.1,drive=s0,serial=BTYF0001480G,model=INTEL SSDSC2KB480G8,ver=XCV10132,wwn=0x55cd2e4150aa0001,rotation_rate=1",
        "-device", "megasas-gen2,id=mr0,bus=rp3",
        *null_disk("a0", "1200243695616"), "-device",
        "scsi-hd,bus=mr0.0,drive=a0,vendor=SEAGATE,product=ST1200MM0009,ver=N004,serial=WFK00001,wwn=0x5000c50099aa0001,rotation_rate=10000",
        "-device", f"ipmi-bmc-sim,id=bmc0,frudatafile={directory}/fru.bin,fruareasize=1024,sdrfile={directory}/sdr.bin",
        "-device", "isa-ipmi-kcs,bmc=bmc0",
        "-device", "qemu-xhci,id=xhci",
    ]
    return options


class Terminal:
    """What a person at an 80x24 terminal sees of a stream of bytes."""

    def __init__(self, rows=24, columns=80):
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.log = b""
        self.lock = threading.Lock()

    def feed(self, data):
        with self.lock:
            self.log += data
            try:
                self.stream.feed(data)
            except (TypeError, KeyError):  # a sequence that pyte does not know
                pass

    def lines(self):
        with self.lock:
            return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines())


class Guest:
    def __init__(self, iso, key, directory, uefi=False, usb=False, nics=True, stick=None, server=None, bootfile=None, serials=1, memory=1024, disks=False):
        self.memory = memory
        self.inspected = INSPECTED if disks else ()
        self.server, self.bootfile, self.serials = server, bootfile, serials
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.key = key
        self.started = time.time()
        self.port = free_port()
        for stale in self.directory.glob("mux-*"):
            stale.unlink()
        self.terminal = Terminal()
        self.process = subprocess.Popen(
            ["nice", "-n", "5", *self.command(iso, uefi, usb, nics, stick)],
            stdin=subprocess.DEVNULL, stdout=open(self.directory / "qemu.log", "wb"), stderr=subprocess.STDOUT)
        self.serial = connect(self.directory / "serial.sock", self.process)
        threading.Thread(target=self._read_serial, daemon=True).start()

    def command(self, iso, uefi, usb, nics, stick):
        where = self.directory
        for name in ("serial.sock", "qmp.sock"):
            (where / name).unlink(missing_ok=True)
        tool = [os.fspath(pathlib.Path(__file__).with_name("mkhardware.py")), os.fspath(where)]
        subprocess.run(tool, check=True)
        self.before = self.contents()
        options = [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-M", "q35", "-smp", "2", "-m", str(self.memory),
            "-nodefaults", "-no-reboot", "-display", "none", "-vga", "std",
            "-chardev", f"socket,id=serial0,path={where}/serial.sock,server=on,wait=off,logfile={where}/serial.log",
            "-serial", "chardev:serial0",
            "-qmp", f"unix:{where}/qmp.sock,server=on,wait=off",
            *hardware(where),
        ]
        if self.serials > 1:
            options += ["-serial", f"file:{where}/serial1.log"]
        if not self.bootfile:
            options += [
                "-drive", f"if=none,id=medium,format=raw,readonly=on,file={iso}", "-device",
                "usb-storage,id=boot,bus=xhci.0,drive=medium,bootindex=0" if usb else "ide-cd,bus=ide.0,drive=medium,bootindex=0"]
        if uefi:
            options += ["-drive", "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd"]
        if stick:
            options += ["-drive", f"if=none,id=stick,format=raw,file={stick}",
                        "-device", "usb-storage,bus=xhci.0,drive=stick,serial=USB0001,removable=on"]
        for port, name in enumerate(self.inspected, 2):
            options += ["-drive", f"if=none,id=inspected{port},format=raw,file={where}/{name}",
                        "-device", f"ide-hd,bus=ide.{port},drive=inspected{port},serial=INSPECTED{port}"]
        if nics:  # the first gets an address, the second asks a DHCP server that is not there
            lan = f"user,id=lan,restrict=on,hostfwd=tcp:127.0.0.1:{self.port}-:22"
            if self.server:  # all that the guest can reach
                lan += f",guestfwd=tcp:{SERVER}:80-cmd:busybox nc 127.0.0.1 {self.server.port}"
            if self.bootfile:
                lan += f",bootfile={self.bootfile}"
            options += [
                "-netdev", lan,
                "-device", "e1000e,bus=rp2,netdev=lan,mac=52:54:00:aa:00:01" + (",bootindex=0" if self.bootfile else ""),
                "-netdev", "hubport,id=silent,hubid=7", "-device", "virtio-net-pci,netdev=silent,mac=52:54:00:aa:00:02",
            ]
        return options

    def contents(self):
        return [(self.directory / name).read_bytes() for name in self.inspected]

    # --- the serial line

    def _read_serial(self):
        while True:
            try:
                data = self.serial.recv(65536)
            except OSError:
                return
            if not data:
                return
            self.terminal.feed(data)

    def send(self, text):
        self.serial.sendall(text.encode())

    def wait_serial(self, pattern, seconds):
        return wait(lambda: re.search(pattern, self.terminal.text()), seconds, self.alive)

    # --- the screen and the keyboard

    def qmp(self, command, **arguments):
        with connect(self.directory / "qmp.sock", self.process) as link, link.makefile("rw") as stream:
            stream.readline()
            for message in ({"execute": "qmp_capabilities"}, {"execute": command, "arguments": arguments}):
                stream.write(json.dumps(message) + "\n")
                stream.flush()
                reply = json.loads(stream.readline())
                while "event" in reply:
                    reply = json.loads(stream.readline())
        return reply

    def press(self, *keys):
        for key in keys:
            self.qmp("send-key", keys=[{"type": "qcode", "data": key}])
            time.sleep(0.3)

    def screenshot(self, name):
        """Saves NAME.png and returns its path."""
        ppm, png = self.directory / f"{name}.ppm", self.directory / f"{name}.png"
        self.qmp("screendump", filename=os.fspath(ppm))
        program = "/usr/bin/convert" if os.path.exists("/usr/bin/convert") else "convert"
        subprocess.run([program, ppm, png], check=True)
        ppm.unlink()
        return png

    def screen(self):
        """The text on the screen, read in the guest."""
        out = self.ssh("size=$(stty -F /dev/tty1 size); fold -w ${size#* } /dev/vcs1").stdout
        return "\n".join(line.rstrip() for line in out.splitlines())

    def wait_screen(self, pattern, seconds=60):
        return wait(lambda: re.search(pattern, self.screen()), seconds, self.alive)

    # --- SSH

    def ssh_command(self, user="root", *options):
        return ["ssh", "-q", "-i", self.key, "-p", str(self.port), "-o", "StrictHostKeyChecking=no",
                "-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=20", "-o", "IdentitiesOnly=yes",
                *options, f"{user}@127.0.0.1"]

    # One login for many commands: an emulated machine needs seconds for each.
    SHARED = ("-o", "ControlMaster=auto", "-o", "ControlPersist=120", "-o", "BatchMode=yes")

    def ssh(self, command, seconds=90, user="root", stdin=None, password=None):
        """Runs a command in the guest; a password instead of the key if given."""
        if password is None:
            argv = self.ssh_command(user, *self.SHARED, "-o", f"ControlPath={self.directory}/mux-{user}")
        else:
            argv = ["sshpass", "-p", password, *self.ssh_command(
                user, "-o", "PubkeyAuthentication=no", "-o", "PreferredAuthentications=password", "-o", "NumberOfPasswordPrompts=1")]
        try:
            # The guest's bytes may be cut anywhere in a character.
            return subprocess.run([*argv, command], input=stdin, capture_output=True, encoding="utf-8",
                                  errors="replace", timeout=seconds, check=False,
                                  **({} if stdin is not None else {"stdin": subprocess.DEVNULL}))
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(argv, 255, "", "timed out")

    def wait_ssh(self, seconds, **options):
        return wait(lambda: self.ssh("true", 25, **options).returncode == 0, seconds, self.alive)

    def login_methods(self, user):
        """The ways to log in that the server offers."""
        argv = self.ssh_command(user, "-v", "-o", "PreferredAuthentications=none", "-o", "BatchMode=yes")
        argv.remove("-q")
        out = subprocess.run([*argv, "true"], capture_output=True, text=True, timeout=90, check=False, stdin=subprocess.DEVNULL).stderr
        found = re.search(r"Authentications that can continue: (\S+)", out)
        return found.group(1).split(",") if found else []

    def host_key(self):
        # One type: the server makes a key of each type that it is asked for.
        out = subprocess.run(["ssh-keyscan", "-t", "ed25519", "-T", "60", "-p", str(self.port), "127.0.0.1"],
                             capture_output=True, text=True, timeout=120, check=False).stdout
        return next((line.split()[2] for line in out.splitlines() if "ed25519" in line), "")

    def terminal_session(self, command):
        return Session([*self.ssh_command("root", "-tt"), command])

    # --- the end

    def alive(self):
        return self.process.poll() is None

    def wait_off(self, seconds):
        try:
            self.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def stop(self):
        if self.alive():
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.serial.close()


class Server:
    """An HTTP server on the loopback network: gives a directory, keeps what is sent."""

    def __init__(self, directory=None):
        self.taken, self.asked, self.refusals = [], [], 0
        self.heard = []  # every connection, whatever came over it
        server = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *args):
                super().__init__(*args, directory=os.fspath(directory or "/nonexistent"))

            def setup(self):
                server.heard.append(self.client_address)
                super().setup()

            def do_GET(self):
                server.asked.append(self.path)
                super().do_GET()

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if server.refusals:
                    server.refusals -= 1
                    self.send_error(503)
                    return
                server.taken.append((self.path, self.headers["Content-Type"], body))
                self.send_response(201)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.httpd.server_address[1]
        threading.Thread(target=self.httpd.serve_forever, daemon=True).start()

    def stop(self):
        self.httpd.shutdown()


class Session:
    """A program on an 80x24 terminal of this machine."""

    def __init__(self, argv):
        self.terminal = Terminal()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm"
            os.execvp(argv[0], argv)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            try:
                self.terminal.feed(os.read(self.master, 65536))
            except OSError:
                return

    def send(self, text):
        os.write(self.master, text.encode())

    def wait(self, pattern, seconds):
        return wait(lambda: re.search(pattern, self.terminal.text()), seconds)

    def close(self):
        os.close(self.master)
        os.kill(self.pid, signal.SIGTERM)
        os.waitpid(self.pid, 0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connect(path, process):
    """Connects to a socket that QEMU is about to make."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"QEMU ended with status {process.returncode}: see {path.parent}/qemu.log")
        link = socket.socket(socket.AF_UNIX)
        try:
            link.connect(os.fspath(path))
            return link
        except OSError:
            link.close()
            time.sleep(0.1)
    raise RuntimeError(f"no {path}")


def wait(condition, seconds, alive=lambda: True):
    """Asks again until the condition holds; its value, or False."""
    end = time.time() + seconds
    while time.time() < end and alive():
        found = condition()
        if found:
            return found
        time.sleep(0.5)
    return False


def decode(png):
    """The text of the QR code in a picture, or ""."""
    if png is None:
        return ""
    out = subprocess.run(["zbarimg", "-q", "--raw", png], capture_output=True, text=True, check=False)
    return out.stdout.strip()


def draw(lines, png):
    """Draws the half blocks of a terminal's lines as a picture, 4 pixels a module; None without any."""
    halves = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1)}
    rows = [line for line in lines if any(block in line for block in halves)]
    if not rows:
        return None
    width = max(len(line) for line in rows)
    pixels = []
    for line in rows:
        pairs = [halves.get(char, (0, 0)) for char in line.ljust(width)]
        for half in (0, 1):
            row = bytes(255 * pair[half] for pair in pairs for _ in range(4))
            pixels += [row] * 4
    pgm = pathlib.Path(png).with_suffix(".pgm")
    pgm.write_bytes(b"P5 %d %d 255\n" % (width * 4, len(pixels)) + b"".join(pixels))
    program = "/usr/bin/convert" if os.path.exists("/usr/bin/convert") else shutil.which("convert")
    subprocess.run([program, pgm, "-bordercolor", "white", "-border", "16", png], check=True)
    pgm.unlink()
    return png
