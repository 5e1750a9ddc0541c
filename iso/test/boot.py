#!/usr/bin/python3
"""usage: boot.py SCENARIO RUN-DIRECTORY

Boots an ISO of RUN-DIRECTORY (made by prepare.sh and mkiso.sh) in QEMU and
checks what a technician relies on. Scenarios:
  bios    keys.iso from CD by BIOS: everything
  broken  password.iso: built without keys; audit and NVIDIA modules broken
  uefi    keys.iso by UEFI, on a framebuffer
  usb     keys.iso from a USB stick
  nonic   keys.iso without any network card: the serial line is the way in
  alpine  alpine.iso, which alpine.sh has built with Alpine's own programs
  net     by iPXE from an HTTP server, on one of two ports; the report is sent
  alpinenet  the same, with what alpine.sh has built with build.sh --netboot
Screenshots and the serial log are left in RUN-DIRECTORY/SCENARIO.
environment: BEE_ISO_BOOT   seconds for the boot and the first audit (600)
             BEE_ISO_FIRST  ends at the first check that fails
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

from guest import (DIMM_SERIAL, DRIVES, INSPECTED, MACS, PSU_SERIAL, SERVER, SYSTEM_SERIAL, Guest, Server, decode, draw, wait)

# Seconds; emulated, and the machine may be busy with other work.
BOOT = int(os.environ.get("BEE_ISO_BOOT", "600"))
SERVICES = ["bee-sshsetup", "dropbear", "bee-network", "bee-nvidia", "bee-audit"]
MENU = ["summary", "qr", "addresses", "audit", "save", "smoke", "burn", "shell", "reboot", "off"]
VENDOR = {"storcli2": "008.0009.0000.0010", "perccli2": "008.0004.0000.0022", "sas2ircu": "20.00.00.00", "sas3ircu": "17.00.00.00",
          "ssacli": "6.40.6.0", "arcconf": "4.17", "mstflint": "4.21.0"}
NVIDIA = ["nvidia", "nvidia-modeset", "nvidia-uvm", "nvidia-drm"]


class Enough(Exception):
    """A check has failed, and one is all that mutants.sh asks for."""


class Checks:
    """Counts, a line a check."""

    def __init__(self, scenario):
        self.scenario, self.passed, self.failed = scenario, 0, 0
        self.started = time.time()

    def __call__(self, text, condition, seen=""):
        if condition:
            self.passed += 1
            print(f"ok    {self.scenario}: {text} ({time.time() - self.started:.0f} s)", flush=True)
        else:
            self.failed += 1
            print(f"FAIL  {self.scenario}: {text}{': ' + str(seen)[:300] if seen not in ('', None) else ''}", flush=True)
            if os.environ.get("BEE_ISO_FIRST"):
                raise Enough
        return bool(condition)

    def finish(self):
        tally = os.environ.get("TALLY")
        if tally:
            with open(tally, "a", encoding="ascii") as file:
                file.write(f"{self.passed} {self.failed}\n")
        else:
            print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


class Facts(dict):
    """The output of many commands, asked for in one SSH login."""

    COMMANDS = {
        "services": "; ".join(f"rc-service {s} status 2>&1 | tail -n 1" for s in SERVICES),
        "rclog": "cat /var/log/rc.log",
        "needs": "; ".join(f"echo $(rc-service {s} ineed)" for s in SERVICES),
        "sockets": "ss -lntuH",
        "lsmod": "cut -d' ' -f1 /proc/modules",
        "mounts": "cat /proc/mounts",
        "links": "readlink /usr/lib/libnvidia-ml.so.1; readlink /usr/lib/libcuda.so.1",
        "firmware": "cat /sys/module/firmware_class/parameters/path",
        "shadow": "grep -E '^(root|bee):' /etc/shadow",
        "ports": "ip -o addr",
        "processes": "ps -o pid,args 2>/dev/null || ps",
        "banner": "echo | nc -w 10 127.0.0.1 22 | head -n 1",
        "hostkeys": "ls /etc/dropbear",
        "release": "cat /etc/bee-release",
        "motd": "cat /etc/motd",
        "login": "cat /run/bee/login",
        "summary": "cat /var/log/bee-audit.txt",
        "json": "cat /var/log/bee-audit.json",
        "auditlog": "cat /var/log/bee-audit.log",
        "logs": "ls /var/log",
        "addresses": "ls /sys/bus/pci/devices",
        "efi": "test -d /sys/firmware/efi && echo efi",
        "printk": "cat /proc/sys/kernel/printk",
        "consoles": "cat /proc/consoles",
        "hostname": "hostname; cat /etc/hostname; sed -n 1p /etc/hosts",
        "nodes": "cd /dev; for n in nvidia* ipmi0; do stat -c '%n %F %a %t:%T' $n; done; grep -w nvidia-uvm /proc/devices",
        "secrets": "stat -c '%a %n' /run/bee /run/bee/login /etc/shadow",
        "conf": "cat /etc/conf.d/dropbear /etc/network/interfaces",
    }

    def __init__(self, guest):
        super().__init__()
        self.guest = guest
        script = "\n".join(f"echo ==={name}; {{ {command}; }} 2>/dev/null" for name, command in self.COMMANDS.items())
        out = guest.ssh("sh -s", 180, stdin=script).stdout
        for block in re.split(r"^===", out, flags=re.M)[1:]:
            name, _, text = block.partition("\n")
            self[name] = text.strip()
        (guest.directory / "facts.txt").write_text(out, encoding="utf-8")

    def __missing__(self, name):
        return ""

    def report(self):
        try:
            return json.loads(self["json"])
        except ValueError:
            return {}

    def whole_report(self):
        """The report, made anew where the audit gave up waiting: an emulated
        machine on a busy one is slower than any that it is meant for."""
        for _ in range(3):
            late = [d for d in self.report().get("diagnostics") or [] if d.get("code") in ("tool.timeout", "file.timeout")]
            if not late:
                break
            print(f"      the audit ran out of time {len(late)} times: another", flush=True)
            self.guest.ssh("bee-run >/dev/null", BOOT)
            for name in ("json", "summary"):
                self[name] = self.guest.ssh(self.COMMANDS[name]).stdout.strip()
        return self.report()


# --- checks that several scenarios share


def check_services(check, facts):
    states = facts["services"].splitlines() + [""] * len(SERVICES)
    for service, state in zip(SERVICES, states):
        check(f"service {service} is started", "started" in state, state)


def check_order(check, facts):
    marks = ["Preparing SSH logins", "Starting dropbear", "Asking for addresses", "Loading NVIDIA's driver", "Auditing the hardware"]
    places = [facts["rclog"].find(mark) for mark in marks]
    for before, after, first, second in zip(SERVICES, SERVICES[1:], places, places[1:]):
        check(f"{before} started before {after}", 0 <= first < second, places)
    needs = facts["needs"].splitlines() + [""] * len(SERVICES)
    for service, need in zip(SERVICES, needs):
        check(f"{service} needs localmount only, no network", need.split() == ["localmount"], need)


def check_listeners(check, facts):
    sockets = facts["sockets"].splitlines()
    check("port 22 listens", any(re.search(r":22\s", line) for line in sockets), sockets)
    others = [line for line in sockets if not re.search(r":22\s", line)]
    check("nothing else listens (ss -lntu)", sockets and not others, others)


def check_modules(check, facts):
    modloop = [line for line in facts["mounts"].splitlines() if re.search(" (/usr)?/lib/modules ", line)]
    check("the modloop is mounted over /lib/modules, read-only", modloop and " ro" in modloop[0], modloop)
    loaded = facts["lsmod"].split()
    for module in NVIDIA:
        check(f"bee-nvidia loaded {module}.ko in spite of it", module.replace("-", "_") in loaded)
    # /proc/modules has the newest first.
    order = [name for name in reversed(loaded) if name.replace("_", "-") in NVIDIA]
    check("in the order of their symbols", order == [name.replace("-", "_") for name in NVIDIA], order)
    check("the kernel looks for GPU firmware in the overlay", facts["firmware"] == "/usr/local/lib/nvidia/firmware", facts["firmware"])


def check_nodes(check, facts):
    """The device nodes that NVIDIA's driver does not make, and the BMC's."""
    nodes = dict(line.split(" ", 1) for line in facts["nodes"].splitlines() if line.startswith(("nvidia", "ipmi")))
    uvm = re.search(r"^ *(\d+) nvidia-uvm", facts["nodes"], re.M)
    major = f"{int(uvm.group(1)):x}" if uvm else "?"
    wanted = {"nvidiactl": "c3:ff", "nvidia-modeset": "c3:fe", "nvidia0": "c3:0", "nvidia3": "c3:3",
              "nvidia-uvm": f"{major}:0", "nvidia-uvm-tools": f"{major}:1"}
    for name, number in wanted.items():
        check(f"/dev/{name} is made, with the driver's number", nodes.get(name) == f"character special file 666 {number}", nodes)
    check("no other NVIDIA node is", {n for n in nodes if n.startswith("nvidia")} == set(wanted), list(nodes))
    check("/dev/ipmi0 is there: the BMC's modules are loaded", "ipmi0" in nodes, nodes)


def check_hostname(check, facts):
    name = f"bee-{SYSTEM_SERIAL}"
    check(f"the machine is named {name}", facts["hostname"].split()[:2] == [name, name], facts["hostname"])
    check("and knows its name", name in facts["hostname"].splitlines()[-1], facts["hostname"])
    asked = [line for line in facts["processes"].splitlines() if "udhcpc" in line]
    check("it asks for addresses by that name", asked and all(f"hostname:{name}" in line for line in asked), asked)


def check_links(check, facts):
    links = facts["links"].splitlines() + ["", ""]
    check("libnvidia-ml.so.1 is linked to the versioned file", re.fullmatch(r"libnvidia-ml\.so\.\d+\.\d+\.\d+", links[0]), links)
    check("libcuda.so.1 is linked to the versioned file", re.fullmatch(r"libcuda\.so\.\d+\.\d+\.\d+", links[1]), links)


def check_report(check, facts, nics=True, nvidia=True):
    report = facts.whole_report()
    check("the report is a bee.audit/1 document", report.get("schema") == "bee.audit/1", facts["json"][:100] or facts["auditlog"])
    system = report.get("system") or {}
    check(f"JSON system.serial is {SYSTEM_SERIAL}", system.get("serial") == SYSTEM_SERIAL, system)
    modules = (report.get("memory") or {}).get("modules") or []
    check(f"JSON memory.modules[].serial has {DIMM_SERIAL}", any(m.get("serial") == DIMM_SERIAL for m in modules), modules)
    drives = {d.get("serial"): d for d in (report.get("storage") or {}).get("drives") or []}
    for serial, protocol in DRIVES.items():
        drive = drives.get(serial) or {}
        # QEMU's RAID controller does not say that its disks are SAS.
        known = drive.get("protocol") == protocol if protocol != "sas" else drive.get("vendor") == "SEAGATE"
        check(f"JSON storage.drives[].serial has {serial} ({protocol})", known, drive or list(drives))
    check_tree(check, report, facts)
    macs = {p.get("mac") for n in report.get("network") or [] for p in n.get("ports") or []}
    check("JSON network[].ports[].mac has every port", macs == (MACS if nics else set()), macs)
    supplies = [p.get("serial") for p in report.get("power_supplies") or []]
    check(f"JSON power_supplies[].serial has {PSU_SERIAL}, from the BMC's FRU", PSU_SERIAL in supplies, supplies)
    gpus = report.get("gpus") or []
    if nvidia:
        check("JSON gpus[] has nvidia-smi's two GPUs (enrichment)", {g.get("serial") for g in gpus} >= {"1650000000001", "1650000000002"}, gpus)
    return report


def check_tree(check, report, facts):
    devices = {d.get("address"): d for d in report.get("pci") or []}
    check("JSON pci[].address has every device of the bus", set(devices) == set(facts["addresses"].split()),
          set(devices) ^ set(facts["addresses"].split()))
    drives = [a for a, d in devices.items() if str((d.get("class") or {}).get("id", "")).startswith("0108")]
    check("JSON pci[].parent leads from each NVMe drive to the root", len(drives) == 2 and all(len(path_up(devices, a)) > 1 for a in drives), drives)
    depths = sorted(len(path_up(devices, a)) for a in drives)
    check("JSON pci[].parent: one is behind a root port, one behind a switch", depths == [2, 4], depths)


def check_left_alone(check, guest, report):
    """Disks of the machine that whoever starts or mounts them writes to."""
    mdstat = guest.ssh("grep -c ^md /proc/mdstat 2>/dev/null || echo 0").stdout.strip()
    check("no array was started by itself", mdstat == "0", mdstat)
    arrays = [v for v in (report.get("storage") or {}).get("volumes") or [] if "lab:data" in v.get("name", "")]
    check("JSON storage.volumes[] has the array all the same, by mdadm --examine of its members",
          [(v.get("state_text"), len(v.get("members") or [])) for v in arrays] == [("not started", 2)], arrays)


def check_as_before(check, guest):
    """After the machine is off."""
    changed = [name for name, old, new in zip(INSPECTED, guest.before, guest.contents()) if old != new]
    check("the disks of the machine are what they were, byte by byte", not changed, changed)


def path_up(devices, address):
    path = []
    while address in devices and address not in path:
        path.append(address)
        address = devices[address].get("parent")
    return path


def check_security(check, guest, facts):
    accounts = dict(line.split(":")[:2] for line in facts["shadow"].splitlines())
    check("root and bee have no password", accounts == {"root": "*", "bee": "*"}, accounts)
    for user in ("root", "bee"):
        methods = guest.login_methods(user)
        check(f"SSH offers {user} keys and nothing else", methods == ["publickey"], methods)
    for user, password in (("root", ""), ("root", "root"), ("bee", "bee"), ("bee", "eeb")):
        check(f"SSH refuses {user} with password '{password}'", guest.ssh("true", 60, user, password=password).returncode != 0)
    check("host keys were made at this boot (the image has none)", "host_key" in facts["hostkeys"], facts["hostkeys"])
    check_host_key(check, guest, guest.directory.parent)
    check("conf.d/dropbear has -R -B", 'DROPBEAR_OPTS="-R -B"' in facts["conf"], facts["conf"])
    check("the console says that no password works", "no password works" in facts["login"], facts["login"])
    check("the message of the day has the build line", re.search(r"bee \S+ \(\w+\) .*Alpine .*Linux .*NVIDIA", facts["motd"]), facts["motd"])


def check_verdict(check, facts, payload, smoke):
    """One word, wherever it is said: "unknown" is not "ok"."""
    word = (facts.report().get("summary") or {}).get("health")
    check("JSON summary.health is one of four words", word in ("ok", "warning", "critical", "unknown"), word)
    check("the QR code says the same", payload.split()[2:3] == [word], payload)
    check("the smoke test says the same", re.search(r"^INFO  verdict on this machine: (\w+)", smoke, re.M).group(1) == word if "verdict on" in smoke else False, smoke[-300:])
    shown = re.search(r"^Verdict +(\w+)", facts["summary"], re.M)
    check("the screen says the same", shown and shown.group(1).lower() == word, facts["summary"][:200])


def check_qr(check, where, payload):
    check(f"the QR code {where} is read by a scanner and names the machine",
          payload.startswith("BEE1 ") and SYSTEM_SERIAL in payload, payload)


# --- the menu


class Screen:
    """The menu on the VGA console: keys by the keyboard, text by /dev/vcs1."""

    where = "on the screen"

    def __init__(self, guest):
        self.guest, self.item = guest, 0

    def enter(self):
        self.guest.press("ret")

    def escape(self):
        self.guest.press("esc")

    def letter(self, char):
        self.guest.press(char)

    def down(self):
        self.guest.press("down")

    def up(self):
        self.guest.press("up")

    def shows(self, pattern, seconds=90):
        return self.guest.wait_screen(pattern, seconds)

    def text(self):
        return self.guest.screen()

    def picture(self, name):
        if self.guest:
            self.guest.screenshot(name)

    def choose(self, item):
        """Opens an item; the menu remembers where it was."""
        if not self.shows("Audit of this machine"):
            return False
        target = MENU.index(item)
        while self.item != target:
            (self.down if self.item < target else self.up)()
            self.item += 1 if self.item < target else -1
        self.enter()
        return True


class Line(Screen):
    """The menu on a serial line, or in any other terminal."""

    where = "on the serial line"

    def __init__(self, sender, waiter, terminal):
        super().__init__(None)
        self.send, self.waiter, self.terminal = sender, waiter, terminal

    def enter(self):
        self.send("\r")

    def escape(self):
        self.send("\x1b")

    def letter(self, char):
        self.send(char)

    def down(self):
        self.send("\x1b[B" if self.where != "on the serial line" else "\x0e")  # a vt100 may be slow with Esc

    def up(self):
        self.send("\x1b[A" if self.where != "on the serial line" else "\x10")

    def shows(self, pattern, seconds=90):
        return self.waiter(pattern, seconds)

    def text(self):
        return self.terminal.text()


def serial_line(guest):
    return Line(guest.send, guest.wait_serial, guest.terminal)


def check_overview(check, menu):
    check(f"the overview {menu.where} shows the summary", menu.shows(f"(?s){SYSTEM_SERIAL}.*Press Enter", BOOT), menu.text())
    check(f"and fits 80 columns {menu.where}", all(len(line) <= 80 for line in menu.text().splitlines()))
    menu.enter()
    check(f"Enter opens the menu {menu.where}", menu.shows("Power off"), menu.text())


def check_pages(check, menu):
    menu.choose("summary")
    check(f"menu {menu.where}: summary", menu.shows(SYSTEM_SERIAL), menu.text())
    menu.picture("summary")
    menu.enter()
    menu.choose("addresses")
    check(f"menu {menu.where}: addresses of every port", menu.shows(r"(?s)10\.0\.2\.15.*waiting for DHCP|waiting for DHCP.*10\.0\.2\.15"), menu.text())
    menu.picture("addresses")
    menu.enter()


def check_screen_menu(check, guest):
    menu = Screen(guest)
    check("the overview on the screen shows the summary", menu.shows(f"(?s){SYSTEM_SERIAL}.*Press Enter", BOOT), menu.text())
    guest.screenshot("overview")
    menu.enter()
    check("Enter opens the menu on the screen", menu.shows("Power off"), menu.text())
    guest.screenshot("menu")
    check_pages(check, menu)
    check_screen_qr(check, guest, menu, "on the screen")
    return menu


def check_screen_qr(check, guest, menu, where):
    menu.choose("qr")
    payload = ""
    for _ in range(10):
        payload = decode(guest.screenshot("qr"))
        if payload:
            break
        menu.shows("never shown", 2)
    check_qr(check, where, payload)
    menu.enter()


def check_save(check, menu):
    menu.choose("save")
    check("menu: saving says the path on the stick", menu.shows(r"(?s)Saved on /dev/sd\w+: */bee-" + SYSTEM_SERIAL, 120), menu.text())
    menu.guest.screenshot("saved")
    menu.enter()


def check_stick(check, stick, facts):
    """After the machine is off: what is on the stick."""
    directory = stick.with_suffix(".files")
    directory.mkdir(exist_ok=True)
    subprocess.run(["mcopy", "-s", "-n", "-i", stick, "::/", directory], check=False, capture_output=True)
    found = sorted(directory.glob("**/bee-*/bee-audit.json"))
    check("the stick has the report, whole", len(found) == 1 and found[0].read_text(encoding="utf-8").strip() == facts["json"], found)
    capture = found[0].with_name("bee-capture.tgz") if found else pathlib.Path("/absent")
    check("the stick has the capture", capture.exists() and subprocess.run(["tar", "-tzf", capture], capture_output=True, check=False).returncode == 0)


def check_serial_menu(check, guest):
    menu = serial_line(guest)
    check_overview(check, menu)
    guest.directory.joinpath("serial-menu.txt").write_text(menu.text(), encoding="utf-8")
    menu.choose("qr")
    payload = ""
    for _ in range(30):
        payload = decode(draw(guest.terminal.lines(), guest.directory / "serial-qr.png"))
        if payload:
            break
        menu.shows("never shown", 1)
    check_qr(check, "on the serial line at 80x24", payload)
    menu.payload = payload
    menu.enter()
    return menu


def check_smoke_menu(check, menu):
    menu.choose("smoke")
    check(f"menu {menu.where}: smoke test", menu.shows("PASS  service", 120), menu.text())
    menu.enter()


def check_burn(check, menu):
    menu.choose("burn")
    check(f"menu {menu.where}: GPU burn asks for how long", menu.shows("how many minutes"), menu.text())
    menu.enter()
    check(f"menu {menu.where}: GPU burn runs beside its compare.ptx", menu.shows("burning for 300 s beside compare.ptx"), menu.text())
    menu.enter()


def check_again(check, guest, menu):
    """Run the audit again: a new report, then the overview."""
    when = "jq -r .collected_at /var/log/bee-audit.json"
    before = guest.ssh(when).stdout
    menu.choose("audit")
    check(f"menu {menu.where}: another audit ends in the overview", menu.shows("Press Enter for the menu", 300), menu.text())
    after = guest.ssh(when).stdout
    check("and leaves a new report", before and after and before != after, (before, after))
    menu.enter()


def check_whiptail(check, guest):
    """The other program that may draw the menu, in a terminal over SSH."""
    session = guest.terminal_session("BEE_DIALOG=whiptail bee-tui")
    menu = Line(session.send, session.wait, session.terminal)
    menu.where = "drawn by whiptail"
    check_overview(check, menu)
    check_pages(check, menu)
    session.close()


def power_off(check, guest, menu, item="off"):
    menu.choose(item)
    check(f"menu {menu.where}: {item} asks first", menu.shows(r"(?i)(Power this machine off|Reboot this machine)"), menu.text())
    menu.enter()
    check(f"menu {menu.where}: {item} ends the machine", guest.wait_off(BOOT // 2))


# --- the scenarios


def start(run, check, iso="keys.iso", **options):
    guest = Guest(run / iso, os.fspath(run / "key"), run / check.scenario, **options)
    return guest


def smoke_over_ssh(guest, run, *arguments):
    command = " ".join(["sh -s --", *arguments])
    return guest.ssh(command, 240, stdin=(run / "smoketest.sh").read_text(encoding="utf-8"))


def make_stick(path):
    path.unlink(missing_ok=True)
    with open(path, "wb") as file:
        file.truncate(64 << 20)
    subprocess.run(["mkfs.vfat", "-n", "STICK", path], check=True, capture_output=True)
    return path


def check_copies(check, guest):
    """scp and sftp, as an operator fetches the report."""
    for program, options in (("scp", ["-O"]), ("sftp", [])):
        file = guest.directory / f"{program}.json"
        file.unlink(missing_ok=True)
        argv = guest.ssh_command("root", *options)
        port = argv.index("-p")
        argv[0], argv[port] = program, "-P"
        argv[-1] += ":/var/log/bee-audit.json"
        done = subprocess.run([*argv, file], capture_output=True, text=True, timeout=180, check=False, stdin=subprocess.DEVNULL)
        check(f"{program} fetches the report", file.exists() and file.read_text(encoding="utf-8").startswith("{"), done.stderr)


def scenario_bios(check, run):
    stick = make_stick(run / "stick.img")
    server = Server()
    guest = start(run, check, stick=stick, server=server, disks=True)
    try:
        if not check("the machine boots and SSH answers to root's key", guest.wait_ssh(BOOT), guest.terminal.text()):
            return
        check("SSH answers to the same key for bee", guest.ssh("true", user="bee").returncode == 0)
        line = check_serial_menu(check, guest)
        facts = Facts(guest)
        check_services(check, facts)
        check_order(check, facts)
        check_listeners(check, facts)
        check_network(check, facts)
        check_modules(check, facts)
        check_nodes(check, facts)
        check_hostname(check, facts)
        check_links(check, facts)
        check_left_alone(check, guest, check_report(check, facts))
        check("the overlay of a stranger on a disk did not win", "BEE_VERSION=" in facts["release"])
        check_copies(check, guest)
        check("the image says what it was built from", "KERNEL_PKG_VERSION=" in facts["release"] and "SSH_LOGIN=keys" in facts["release"], facts["release"])
        check("the summary is at most 80 columns", all(len(re.sub(r"\x1b\[[0-9;]*m", "", text)) <= 80 for text in facts["summary"].splitlines()))
        check("a serial port that is not there is left alone", facts["processes"].count("sleep 2147483647") == 1, facts["processes"][-600:])
        check("kernel messages stay off the consoles", facts["printk"].startswith("3"), facts["printk"])
        check_security(check, guest, facts)
        check_verdict(check, facts, line.payload, check_smoke(check, guest, run))
        check_nothing_sent(check, guest, server)
        screen = check_screen_menu(check, guest)
        check_save(check, screen)
        check_whiptail(check, guest)
        check_smoke_menu(check, line)
        check_burn(check, line)
        check_again(check, guest, line)
        power_off(check, guest, line)
        check_stick(check, stick, facts)
        check_as_before(check, guest)
        check("nothing was sent to the end, the audit that was run again included", not server.heard, server.heard)
    finally:
        guest.stop()
        server.stop()


def check_nothing_sent(check, guest, server):
    """Nobody asked for it, and the server of the LAN can be reached."""
    state = guest.ssh("bee-report --url; cat /run/bee/report 2>/dev/null").stdout
    check("nothing is sent when not asked: none is under way, and the server of the LAN has heard nothing", not state and not server.heard, (state, server.heard))
    reached = guest.ssh(f"echo | nc -w 10 {SERVER} 80 >/dev/null; echo $?").stdout.strip()
    check("though it could be reached", reached == "0" and wait(lambda: server.heard, 60), (reached, server.heard))
    server.heard.clear()


def check_network(check, facts):
    silent = [line for line in facts["processes"].splitlines() if "udhcpc" in line]
    check("udhcpc -b runs on every physical port", len(silent) == 2 and all(" -b " in line for line in silent), silent)
    addresses = re.findall(r"(\S+)\s+inet (\d+\.\d+\.\d+\.\d+)", facts["ports"])
    check("one port has its DHCP address, the other waits", [a for p, a in addresses if p != "lo"] == ["10.0.2.15"], addresses)
    check("dropbear answers inside while that port waits", facts["banner"].startswith("SSH-2.0-dropbear"), facts["banner"])


def check_smoke(check, guest, run):
    good = smoke_over_ssh(guest, run, "--gpus", "2")
    (guest.directory / "smoke.txt").write_text(good.stdout + good.stderr, encoding="utf-8")
    check("the smoke test passes over SSH, exit status 0", good.returncode == 0, re.findall("FAIL.*", good.stdout) or good.stderr)
    for line in ("link /usr/lib/libcuda.so.1", "nvidia-smi sees all GPUs: 2 of 2", "data of all GPUs: 2 of 2", "gcompat", "nothing else listens"):
        check(f"smoke test: {line}", re.search("^PASS .*" + re.escape(line), good.stdout, re.M), good.stdout[-300:])
    for program, version in VENDOR.items():
        check(f"smoke test: names {program} with its version", f"PASS  vendor program {program} starts: version {version}" in good.stdout, re.findall(f".*{program}.*", good.stdout))
    check("smoke test: tells of the internet, and does not ask for it", re.search("^INFO  internet: not reachable", good.stdout, re.M))
    fewer = smoke_over_ssh(guest, run, "--gpus", "8")
    check("the smoke test fails when GPUs are missing", fewer.returncode == 1 and "FAIL  nvidia-smi sees all GPUs: 2 of 8" in fewer.stdout, fewer.stdout[-300:])
    guest.ssh("rm /usr/lib/libcuda.so.1")
    broken = smoke_over_ssh(guest, run, "--gpus", "2")
    check("the smoke test fails when a link is gone", broken.returncode == 1 and "FAIL  link /usr/lib/libcuda.so.1" in broken.stdout, broken.stdout[-300:])
    guest.ssh("rc-service bee-nvidia restart")
    check("bee-nvidia makes the link again", guest.ssh("test -e /usr/lib/libcuda.so.1").returncode == 0)
    return good.stdout


def scenario_broken(check, run):
    guest = start(run, check, iso="password.iso")
    try:
        check("the boot reaches the console", guest.wait_serial("Press Enter", BOOT), guest.terminal.text())
        text = guest.terminal.text()
        check("the console says that the audit is missing", "No audit yet" in text, text)
        found = re.search(r"PASSWORD LOGIN IS ON: (\S+)", text)
        if not check("the console shows that password login is on, and the password", found, text):
            return
        password = found.group(1)
        check("the password is made up at boot: ten letters and digits", re.fullmatch("[a-z0-9]{10}", password), password)
        check("root logs in with it", guest.wait_ssh(240, password=password))
        check("bee logs in with it", guest.ssh("true", 90, "bee", password=password).returncode == 0)
        for user, other in (("root", ""), ("bee", ""), ("root", "wrong")):
            check(f"SSH refuses {user} with password '{other}'", guest.ssh("true", 90, user, password=other).returncode != 0)
        facts = PasswordFacts(guest, password)
        check_services(check, facts)
        check_links(check, facts)
        loaded = facts["lsmod"].split()
        check("a missing and a broken NVIDIA module are survived: nvidia.ko is loaded", "nvidia" in loaded, loaded)
        check("and the others are not", not {"nvidia_modeset", "nvidia_uvm", "nvidia_drm"} & set(loaded), loaded)
        check("the boot log names the missing module", "nvidia-modeset.ko is missing" in facts["rclog"], facts["rclog"][-500:])
        check("the boot log names the broken module", re.search(r"nvidia-uvm\.ko", facts["rclog"]), facts["rclog"][-500:])
        check("the password is not in the boot log", password not in facts["rclog"], facts["rclog"][:300])
        check("/run/bee, with the password, is root's alone", {line.split()[0] for line in facts["secrets"].splitlines() if "/run/bee" in line} == {"700", "600"}, facts["secrets"])
        check("the boot log says that the audit failed", "The audit failed" in facts["rclog"], facts["rclog"][-500:])
        check("a failed audit leaves no report", "bee-audit.json" not in facts["logs"].split(), facts["logs"])
        check("the message of the day says that password login is on", "Password login is on" in facts["motd"], facts["motd"])
        check("bee-release says that it is a choice of the build", "SSH_LOGIN=password" in facts["release"], facts["release"])
        check_host_key(check, guest, run)
        smoke = guest.ssh("bee-smoketest --gpus 2", 240, password=password)
        check("the smoke test blocks this image, exit status 1", smoke.returncode == 1 and "FAIL  the audit left a report" in smoke.stdout, smoke.stdout[-300:])
        line = serial_line(guest)
        line.enter()
        line.choose("reboot")
        check("menu on the serial line: reboot asks first", line.shows("(?i)Reboot this machine"), line.text())
        guest.qmp("system_powerdown")
        check("the power button, or the BMC in its place, ends the machine", guest.wait_off(BOOT // 2))
    finally:
        guest.stop()


class PasswordFacts(Facts):
    def __init__(self, guest, password):
        ssh = guest.ssh
        guest.ssh = lambda command, seconds=90, **options: ssh(command, seconds, password=password, **options)
        super().__init__(guest)
        guest.ssh = ssh


def check_host_key(check, guest, run):
    """Compares with the key of the boot before, of whichever scenario that was."""
    seen, key = run / "host-key.txt", guest.host_key()
    check("the server has a host key", key.startswith("AAAA"), key)
    if seen.exists():
        check("it is not the one of the boot before", seen.read_text(encoding="ascii") != key)
    if key:
        seen.write_text(key, encoding="ascii")


def scenario_uefi(check, run):
    guest = start(run, check, uefi=True)
    try:
        if not check("the machine boots by UEFI and SSH answers", guest.wait_ssh(BOOT), guest.terminal.text()):
            return
        check("the overview is on the framebuffer", guest.wait_screen(f"(?s){SYSTEM_SERIAL}.*Press Enter", BOOT))
        guest.screenshot("overview")
        facts = Facts(guest)
        check("the kernel was started by UEFI", facts["efi"] == "efi")
        check_services(check, facts)
        report = check_report(check, facts)
        check("JSON host.boot_mode is uefi", (report.get("host") or {}).get("boot_mode") == "uefi", report.get("host"))
        menu = Screen(guest)
        menu.enter()
        check("Enter opens the menu", menu.shows("Power off"))
        guest.screenshot("menu")
        check_screen_qr(check, guest, menu, "on the framebuffer")
        power_off(check, guest, menu)
    finally:
        guest.stop()


def scenario_usb(check, run):
    guest = start(run, check, iso="copytoram.iso", usb=True, serials=2)
    try:
        if not check("the machine boots from USB and SSH answers", guest.wait_ssh(BOOT), guest.terminal.text()):
            return
        line = serial_line(guest)
        check_overview(check, line)
        facts = Facts(guest)
        check_services(check, facts)
        check_report(check, facts)
        check_pulled_out(check, guest)
        guest.ssh("echo '<0>an emergency of the kernel' >/dev/kmsg")
        check("an emergency of the kernel is on the serial line", wait(lambda: b"an emergency of the kernel" in guest.terminal.log, 30), facts["consoles"])
        second = (guest.directory / "serial1.log").read_bytes()
        check("the overview is on the second serial line too", SYSTEM_SERIAL.encode() in second and b"Press Enter" in second, second[:200])
        line.choose("save")
        check("menu: saving without a stick says so", line.shows("No USB stick found"), line.text())
        line.enter()
        power_off(check, guest, line)
    finally:
        guest.stop()


def check_pulled_out(check, guest):
    """bee.copytoram: the stick goes, the machine stays."""
    mounts = guest.ssh("cat /proc/mounts; cat /run/bee/medium").stdout
    check("bee.copytoram: the medium is not mounted any more", "iso9660" not in mounts, mounts[-300:])
    check("bee.copytoram: and the console says that it may be pulled out", "pull it out" in mounts, mounts[-200:])
    check("bee.copytoram: modules come from memory", re.search(" (/usr)?/lib/modules squashfs ro", mounts), mounts[-300:])
    guest.qmp("device_del", id="boot")
    check("bee.copytoram: the stick is out", wait(lambda: guest.ssh("ls /sys/block | grep -c ^sd").stdout.strip() == "2", 60), guest.ssh("ls /sys/block").stdout)
    loaded = guest.ssh("modprobe virtio_blk && grep -c ^virtio_blk /proc/modules").stdout
    check("bee.copytoram: a module is loaded without it", loaded.strip() == "1", loaded)
    check("bee.copytoram: another audit runs without it", guest.ssh("bee-run >/dev/null && jq -r .system.serial /var/log/bee-audit.json", 300).stdout.strip() == SYSTEM_SERIAL)


def scenario_alpinenet(check, run):
    MENU.remove("burn")
    scenario_net(check, run, memory=2048, nvidia=False)


def scenario_net(check, run, memory=1024, nvidia=True):
    """By iPXE and HTTP; the report goes where the command line says."""
    server = Server(run / "net-root")
    server.refusals = 1
    guest = start(run, check, server=server, bootfile=f"http://{SERVER}/start.ipxe", memory=memory)
    try:
        if not check("the machine boots by network and SSH answers", guest.wait_ssh(BOOT), (server.asked, guest.terminal.text())):
            return
        for name in ("boot.ipxe", "vmlinuz-lts", "initramfs-lts", "modloop-lts", "bee.apkovl.tar.gz"):
            check(f"{name} was fetched from the server", any(path.rstrip("/").endswith("/" + name) for path in server.asked), server.asked)
        line = serial_line(guest)
        check_overview(check, line)
        facts = Facts(guest)
        check_services(check, facts)
        check_hostname(check, facts)
        check_network(check, facts)
        check("report and capture arrive, though the server was busy at first", wait(lambda: len(server.taken) >= 2, 300), server.taken)
        sent = {path.rsplit(".", 1)[1]: (path, kind, body) for path, kind, body in server.taken}
        check("the report is under the machine's name, whole", sent.get("json", ("", "", b""))[0].startswith(f"/in/bee-{SYSTEM_SERIAL}-")
              and sent["json"][2].decode().strip() == facts["json"], list(sent))
        (guest.directory / "sent.tgz").write_bytes(sent.get("tgz", ("", "", b""))[2])
        check("the capture is whole", subprocess.run(["tar", "-tzf", guest.directory / "sent.tgz"], capture_output=True, check=False).returncode == 0)
        check("the console knows that it was sent", "sent to http" in guest.ssh("cat /run/bee/report").stdout)
        check_report(check, facts, nvidia=nvidia)
        MENU.insert(MENU.index("smoke"), "send")
        line.choose("send")
        check("menu: sending it again says so", line.shows("sent to http", 180), line.text())
        check("and it arrives again", len(server.taken) == 4, len(server.taken))
        guest.screenshot("net")
        line.enter()
        power_off(check, guest, line)
    finally:
        guest.stop()
        server.stop()


def scenario_alpine(check, run):
    server = Server()
    guest = start(run, check, iso="alpine.iso", memory=2048, disks=True, server=server)
    try:
        if not check("the machine boots and SSH answers to root's key", guest.wait_ssh(BOOT), guest.terminal.text()):
            guest.screenshot("failed")
            return
        line = serial_line(guest)
        check_overview(check, line)
        guest.screenshot("overview")
        facts = Facts(guest)
        check_services(check, facts)
        check_overlay_wins(check, guest, facts)
        check_listeners(check, facts)
        check_hostname(check, facts)
        check_left_alone(check, guest, check_report(check, facts, nvidia=False))
        smoke = smoke_over_ssh(guest, run, "--gpus", "0")
        (guest.directory / "smoke.txt").write_text(smoke.stdout + smoke.stderr, encoding="utf-8")
        check("the smoke test passes, exit status 0", smoke.returncode == 0, re.findall("FAIL.*", smoke.stdout) or smoke.stderr)
        check_nothing_sent(check, guest, server)
        check_modloop_moves(check, guest)
        guest.qmp("system_powerdown")
        check("the power button ends the machine", guest.wait_off(BOOT // 2))
        check_as_before(check, guest)
    finally:
        guest.stop()
        server.stop()


def check_overlay_wins(check, guest, facts):
    """Alpine's dropbear brings a service and a conf.d of its own, by the same names."""
    needs = dict(zip(SERVICES, facts["needs"].splitlines()))
    # Alpine's localmount has needs of its own, which are counted in.
    check("dropbear's service is the overlay's, not the package's: it needs no network", "localmount" in needs.get("dropbear", "") and "net" not in needs["dropbear"].split(), needs)
    check("so is its conf.d", 'DROPBEAR_OPTS="-R -B"' in facts["conf"], facts["conf"])
    aside = guest.ssh("find / -xdev -name '*.apk-new'; echo end").stdout.split()
    check("apk has put nothing aside (.apk-new)", aside == ["end"], aside)


def check_modloop_moves(check, guest):
    """bee-copytoram, where the modloop is mounted as Alpine mounts it."""
    said = guest.ssh("bee-copytoram 2>&1", 180).stdout
    check("bee-copytoram says that the medium may be pulled out", "pull it out" in said, said)
    mounts = guest.ssh("cat /proc/mounts; ls /lib/modules/$(uname -r)").stdout
    check("the medium is not mounted any more, and the modules are there", "iso9660" not in mounts and "modules.dep" in mounts, mounts[-400:])
    loaded = guest.ssh("modprobe vfat && grep -c ^vfat /proc/modules").stdout
    check("a module is loaded without it", loaded.strip() == "1", loaded)


def scenario_nonic(check, run):
    guest = start(run, check, nics=False)
    line = serial_line(guest)
    try:
        check_overview(check, line)
        line.choose("shell")
        check("menu: shell", line.shows(r"bee-[-\w]*:~# *$|/var/log/bee-audit.json"), line.text())
        shell = lambda command, pattern: (guest.send(f"clear; {command}\r"), line.shows(pattern))[1]
        check("dropbear answers inside without any network card",
              shell("echo | nc -w 10 127.0.0.1 22 | head -n 1", "SSH-2.0-dropbear"), line.text())
        for service in SERVICES:
            check(f"service {service} is started", shell(f"rc-service {service} status", "status: started"), line.text())
        check("the report is there, of this machine", shell("jq -r .system.serial /var/log/bee-audit.json", f"(?m)^{SYSTEM_SERIAL}"), line.text())
        check("and names no network port", shell("jq -r '[.network[]?.ports[]?.mac] | \"ports: \\(length)\"' /var/log/bee-audit.json", "ports: 0"), line.text())
        guest.send("clear; exit\r")
        line = serial_line(guest)  # a new menu, at its first item
        check_overview(check, line)
        power_off(check, guest, line)
    finally:
        guest.stop()


def main():
    if len(sys.argv) != 3 or sys.argv[1] in ("-h", "--help"):
        sys.exit(__doc__)
    scenario = globals().get("scenario_" + sys.argv[1])
    if scenario is None:
        sys.exit(__doc__)
    check = Checks(sys.argv[1])
    try:
        scenario(check, pathlib.Path(sys.argv[2]).resolve())
    except Enough:
        pass
    except Exception as error:  # a broken test counts as one, and the machine is off
        check("the scenario runs to its end", False, repr(error))
    return check.finish()


if __name__ == "__main__":
    sys.exit(main())
