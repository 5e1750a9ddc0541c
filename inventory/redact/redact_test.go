// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"encoding/base64"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory/host"
)

func TestCapture(t *testing.T) {
	raw := base64.StdEncoding.EncodeToString([]byte("\x00\x80\x00\x08ZA1ABCDE\xff\x50\x00\xc5\x00\xaa\xbb\xcc\xdd"))
	c := host.Capture{
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"a.stdout":  []byte("\tSerial Number: ZA1ABCDE\n\tAsset Tag: Not Specified\n\tSerial Number: ZA1ABCDF\n\tSerial Number: ZA1ABCDE01\n\tSize: 64 GB\n\tSerial Number: A7\nother A7\n\tSerial Number: VDPTSBGJ\n\tSerial Port: Supported\n"),
		"b.stdout":  []byte("swapped AZA1CBED, lower za1abcde, MAC 5254-00aa-0001\nIP Address : 192.168.1.20\nAddress:        fe80::5054:ff:feaa:1/64\nstd::string ::1 2001:db8:1::20\nvia 192.168.1.20\n"),
		"c.stdout":  []byte("{\n  \"wwn\": \"0x5000c500aabbccdd\",\n  \"mac\": \"52:54:00:aa:00:01\"\n}\n5 000c50 0aabbccdd\n"),
		"files.jsonl": []byte(`{"path":"proc/sys/kernel/hostname","text":"db-prod\n"}` + "\n" + `{"path":"x","bytes":"` + raw + `"}` + "\n" +
			`{"path":"sys/class/infiniband/mlx5_0/node_guid","text":"b8ce:f603:0012:34a0\n"}` + "\n" +
			`{"path":"sys/bus/pci/devices/0000:05:00.0/serial_number","text":"692351000054\n"}` + "\n" +
			`{"path":"sys/firmware/devicetree/base/serial-number","text":"1a2b3c4d5e6f0051\u0000"}` + "\n" +
			`{"path":"sys/firmware/devicetree/base/system-id","text":"IBM,0278A0B51\u0000"}` + "\n"),
		"commands.jsonl":  []byte(`{"argv":["ipmitool","-H","db-prod"],"stdout":"a.stdout"}` + "\n"),
		"db-prod.stdout":  []byte("x\n"),
		"disabled.stdout": []byte("UUID: 00000000-0000-0000-0000-000000000000\n\tSerial Number: 0123456789\n"),
	}
	out := Capture(c, []byte("k"))
	all := ""
	for name, data := range out {
		all += name + " " + string(data) + "\n"
	}
	before, after, _ := strings.Cut(all, `"bytes":"`)
	coded, after, _ := strings.Cut(after, `"`)
	bytes, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ToLower(before + string(bytes) + after)
	for _, never := range []string{"za1abcd", "aza1cbed", "db-prod", "192.168.1.20", "feaa:1/", "db8:1::20", "0aabbccdd", "aa:00:01", "aa-0001", "\xaa\xbb\xcc\xdd", "number: a7", "vdptsbgj", "f603:0012:34a0", "692351000054", "1a2b3c4d5e6f0051", "78a0b51"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is left in\n%s", never, text)
		}
	}
	lines := strings.Split(string(out["a.stdout"]), "\n")
	serial := func(i int) string { return strings.TrimPrefix(lines[i], "\tSerial Number: ") }
	if a, b := serial(0), serial(2); a[:7] != b[:7] || a == b || len(a) != 8 || !strings.HasPrefix(serial(3), a) {
		t.Errorf("%q, %q and %q do not stand to each other as before", a, b, serial(3))
	}
	for _, kept := range []string{"\tAsset Tag: Not Specified", "\tSize: 64 GB", "other A7", "\tSerial Port: Supported"} {
		if !strings.Contains(string(out["a.stdout"]), kept) {
			t.Errorf("%q is gone", kept)
		}
	}
	if got := string(out["disabled.stdout"]); got != string(c["disabled.stdout"]) {
		t.Errorf("placeholders became %q", got)
	}
	if !strings.Contains(string(out["c.stdout"]), `"52:54:00:`) || !strings.Contains(string(out["c.stdout"]), `"0x5000c50`) || !strings.Contains(string(out["c.stdout"]), "\n5 000c50 ") {
		t.Errorf("the vendor's part is gone: %s", out["c.stdout"])
	}
	_, ip, _ := strings.Cut(string(out["b.stdout"]), "via ")
	if addr, err := netip.ParseAddr(strings.TrimSpace(ip)); err != nil || !addr.Is4() {
		t.Errorf("%q is no address", ip)
	}
	if text := string(out["b.stdout"]); !strings.Contains(text, " fe80::") || !strings.Contains(text, "/64\nstd::string ::1 2001:") {
		t.Errorf("addresses became %q", text)
	}
	if other := Capture(c, nil); string(other["a.stdout"]) == string(out["a.stdout"]) {
		t.Error("a new key gives the old pseudonyms")
	}
}

// What RAID tools alone tell of a drive, a shelf or a host is an identifier too.
func TestRAIDTools(t *testing.T) {
	out := Capture(host.Capture{
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"storcli":   []byte("    \"SN\" : \"      ZC1HIDDEN\",\n    \"Drive Temperature\" : \" 32C\",\n"),
		"inquiry":   []byte("   \"Inquiry Data\" : \"00 00 07 12 45 30 30 31 5a 43 31 48 49 44 44 45 4e 00 \\n00 4d 41\",\n   \"Inquiry Data\" : \"odd 5a\"\n"),
		"megacli": []byte("Adapter #0\n\nEnclosure Device ID: 252\nSlot Number: 0\nPD Type: SATA\nDevice Firmware Level: 1V02\nInquiry Data:      BEE-HIDDEN12345BEE 1TB MADE UP                         01.01V02\n" +
			"\nEnclosure Device ID: 252\nSlot Number: 1\nPD Type: SAS\nInquiry Data: IBM-ESXSBEE00805SS      B55C6XHIDDEN0808B55C    \n\nExit Code: 0x00\n"),
		"ircu":   []byte("  Logical ID                              : 500605b0:0a0b0c0d\n"),
		"mdadm":  []byte("     Array UUID : 3f2504e0:4f8911d3:9a0c0305:e82c3301\n           Name : geheim01:root  (local to host geheim01)\n     Raid Level : raid1\n"),
		"mdstat": []byte("Name : Intel Corporation\n/dev/md/geheim01:root\n"),
	}, []byte("k"))
	all := ""
	for _, data := range out {
		all += string(data)
	}
	for _, never := range []string{"ZC1HIDDEN", "0a0b0c0d", "3f2504e0", "geheim01", "HIDDEN", "5a 43 31 48 49 44"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is left in\n%s", never, all)
		}
	}
	for _, kept := range []string{"Drive Temperature", "BEE 1TB MADE UP    ", "01.01V02", "IBM-ESXSBEE00805SS", "raid1", ":root", "Intel Corporation", "00 00 07 12 45 30 30 31 ", " 00 \\n00 4d 41\"", "\"odd 5a\""} {
		if !strings.Contains(all, kept) {
			t.Errorf("%q is gone from\n%s", kept, all)
		}
	}
}

// In whatever form a tool prints an identifier, and wherever one first learns
// that it is one, it is gone everywhere.
func TestForms(t *testing.T) {
	const serial, wwn, uuid = "S4CNNX0R100001", "0x5000c500aabbccdd", "4c4c4544-0042-4c10-8030-b9c04f534c32"
	learn := map[string]string{
		serial: "Serial Number: " + serial, wwn: `  "wwn": "` + wwn + `"`, uuid: "\tUUID: " + uuid, "fe80::5054:ff:feaa:1": "inet6 fe80::5054:ff:feaa:1/64",
	}
	for _, tt := range []struct{ name, id, text, gone string }{
		{"one line of JSON", "", `{"blockdevices":[{"name":"sda","serial":null,"wwn":"` + wwn + `"},{"name":"sdb","serial":"ZA1ABCDE","size":5}]}`, "za1abcde"},
		{"pairs", "", `NAME="sda" SERIAL="ZA1ABCDE" SIZE="5"`, "za1abcde"},
		{"brackets", "", "Smart Array P440 in Slot 1 (sn: PDNLH0BRH8V1Z)", "pdnlh0brh8v1z"},
		{"values with commas", "", "index, serial, uuid\n0, 1652323000001, GPU-b0fa7f71-0000-4e5a-9a6f-1b2c3d4e5f60", "1652323000001"},
		{"a table", "", "Node             SN                   Model\n---------------- -------------------- -----\n/dev/nvme0n1     S4CNNX0R100001       Samsung", "s4cnnx0r100001"},
		{"mdadm", "", "     Name : db-prod7:0  (local to host db-prod7)", "db-prod7"},
		{"XML", "", "<serial>1652323000001</serial>", "1652323000001"},
		{"pieces", "", `"wwn": { "naa": 5, "oui": 3152, "id": 2864434397 }`, "2864434397"},
		{"pieces in another order", "", `"eui64": {"ext_id": 4295713919, "oui": 9233294}`, "4295713919"},
		{"pieces known by another tool", wwn, `"wwn": {"id": 2864434397, "naa": 5, "oui": 3152}`, "2864434397"},
		{"swapped pairs", serial, "4SNCXNR0010010", "4sncxnr0010010"},
		{"a dump", serial, "Inquiry = 53 34 43 4e 4e 58 30 52\n    31 30 30 30 30 31 20 20", "31 30 30 30 30 31"},
		{"a dump of swapped pairs", serial, "34534e43584e523030313030" + "3130", "34534e43584e"},
		{"lower case", serial, "by-id/ata-model_s4cnnx0r100001", "s4cnnx0r100001"},
		{"mixed endian", uuid, "44454c4c-4200-104c-8030-b9c04f534c32", "44454c4c-4200-104c-8030-b9c04f534c32"},
		{"without marks", uuid, "4C4C454400424C108030B9C04F534C32", "4c4c454400424c108030b9c04f534c32"},
		{"another prefix", wwn, "wwn-5000c500aabbccdd naa.5000c500aabbccdd", "aabbccdd"},
		{"IPv6", "fe80::5054:ff:feaa:1", "fe80:0000:0000:0000:5054:00ff:feaa:0001", "5054:00ff:feaa"},
	} {
		c := host.Capture{"host.json": nil, "a.stdout": []byte(learn[tt.id] + "\n"), "b.stdout": []byte(tt.text + "\n")}
		out := Capture(c, []byte("k"))
		for name, data := range out {
			if text := strings.ToLower(string(data)); strings.Contains(text, tt.gone) || tt.id != "" && strings.Contains(text, strings.ToLower(tt.id)) {
				t.Errorf("%s: %s is %s", tt.name, name, data)
			}
		}
		if strings.Contains(tt.name, "JSON") && !strings.Contains(string(out["b.stdout"]), `"serial":null,`) || len(out["b.stdout"]) != len(tt.text)+1 && !strings.Contains(tt.name, "pieces") {
			t.Errorf("%s: another shape: %s", tt.name, out["b.stdout"])
		}
	}
	out := string(Capture(host.Capture{"a.stdout": []byte("IPv6: fe80::5054:ff:feaa:1/64 ::1 ff02::1 2001:db8::7\n")}, []byte("k"))["a.stdout"])
	words := strings.Fields(strings.ReplaceAll(out, "/64", ""))
	for _, word := range words[1:] {
		if addr, err := netip.ParseAddr(word); err != nil || !addr.Is6() {
			t.Errorf("%q is no address, of %q", word, out)
		}
	}
	if !strings.HasPrefix(words[1], "fe80::") || words[2] != "::1" || words[3] != "ff02::1" || words[4] == "2001:db8::7" {
		t.Errorf("%q", out)
	}
}

// Time grows no faster than the capture, one line of which may be all of it.
func TestLongLines(t *testing.T) {
	for name, piece := range map[string]string{
		"colons": ":", "keys": `"serial":"`, "brackets": "(sn:(", "pairs": `"serial":"ZA1ABCDE","x":"y",`, "hex": "5a41 ", "host": "(local to host ", "pieces": `"wwn":{`,
		"addresses": "fe80::1:", "heads": "a,serial\n",
	} {
		c := host.Capture{"a.stdout": []byte(strings.Repeat(piece, 60_000)), "b.stdout": []byte("Serial Number: 5A415A415A41\nSerial Number: ZA1ABCDE\n")}
		start := time.Now()
		Capture(c, []byte("k"))
		if took := time.Since(start); took > 30*time.Second { // a second, where nothing else runs; hours, if each looked at all
			t.Errorf("%s: %v", name, took)
		}
	}
}

// FuzzRedact: no panic, the same key gives the same, and where no name stands in
// pieces the text keeps its length and its lines.
func FuzzRedact(f *testing.F) {
	for _, text := range []string{
		"Serial Number: ZA1ABCDE\n", "fe80::5054:ff:feaa:1 1:2:3:4:5:6:7:8 ::ffff:1 2001:db8::\n", `{"serial":"ZA1ABCDE","wwn":"0x5000c500aabbccdd"}`, "a,serial\n1,ZA1ABCDE\n",
		`"wwn":{"naa":5,"oui":3152,"id":2864434397}`, "(local to host a1b)", "UUID: 4c4c4544-0042-4c10-8030-b9c04f534c32", "MAC Address : 52:54:00:aa:00:01", "sn: É1É1É1É1", "Serial Number: ZA1ABCDE\x1b\xd0\xe5͇\xe3\x05\xb6\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := host.Capture{"host.json": nil, "a.stdout": data, "files.jsonl": data}
		out, again := Capture(c, []byte("k")), Capture(c, []byte("k"))
		for name := range out {
			if string(out[name]) != string(again[name]) {
				t.Errorf("%s: the same key gives %q and %q", name, out[name], again[name])
			}
		}
		got := out["a.stdout"]
		if strings.Contains(string(data), `"oui"`) || strings.Contains(string(data), `"bytes"`) {
			return
		}
		if len(got) != len(data) || strings.Count(string(got), "\n") != strings.Count(string(data), "\n") {
			t.Errorf("%q became %q", data, got)
		}
	})
}
