// SPDX-License-Identifier: Apache-2.0

package redact

import (
	"encoding/base64"
	"net/netip"
	"strings"
	"testing"

	"github.com/mchus/bee/inventory/host"
)

func TestCapture(t *testing.T) {
	raw := base64.StdEncoding.EncodeToString([]byte("\x00\x80\x00\x08ZA1ABCDE\xff\x50\x00\xc5\x00\xaa\xbb\xcc\xdd"))
	c := host.Capture{
		"host.json":       []byte(`{"schema":"bee.capture/1"}`),
		"a.stdout":        []byte("\tSerial Number: ZA1ABCDE\n\tAsset Tag: Not Specified\n\tSerial Number: ZA1ABCDF\n\tSerial Number: ZA1ABCDE01\n\tSize: 64 GB\n\tSerial Number: A7\nother A7\n\tSerial Number: VDPTSBGJ\n\tSerial Port: Supported\n"),
		"b.stdout":        []byte("swapped AZA1CBED, lower za1abcde, MAC 5254-00aa-0001\nIP Address : 192.168.1.20\nAddress:        fe80::5054:ff:feaa:1/64\nstd::string ::1 2001:db8:1::20\nvia 192.168.1.20\n"),
		"c.stdout":        []byte("{\n  \"wwn\": \"0x5000c500aabbccdd\",\n  \"mac\": \"52:54:00:aa:00:01\"\n}\n5 000c50 0aabbccdd\n"),
		"files.jsonl":     []byte(`{"path":"proc/sys/kernel/hostname","text":"db-prod\n"}` + "\n" + `{"path":"x","bytes":"` + raw + `"}` + "\n"),
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
	for _, never := range []string{"za1abcd", "aza1cbed", "db-prod", "192.168.1.20", "feaa:1/", "db8:1::20", "0aabbccdd", "aa:00:01", "aa-0001", "\xaa\xbb\xcc\xdd", "number: a7", "vdptsbgj"} {
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
		"ircu":      []byte("  Logical ID                              : 500605b0:0a0b0c0d\n"),
		"mdadm":     []byte("     Array UUID : 3f2504e0:4f8911d3:9a0c0305:e82c3301\n           Name : geheim01:root  (local to host geheim01)\n     Raid Level : raid1\n"),
		"mdstat":    []byte("Name : Intel Corporation\n/dev/md/geheim01:root\n"),
	}, []byte("k"))
	all := ""
	for _, data := range out {
		all += string(data)
	}
	for _, never := range []string{"ZC1HIDDEN", "0a0b0c0d", "3f2504e0", "geheim01", "5a 43 31 48 49 44"} {
		if strings.Contains(all, never) {
			t.Errorf("%q is left in\n%s", never, all)
		}
	}
	for _, kept := range []string{"Drive Temperature", "raid1", ":root", "Intel Corporation", "00 00 07 12 45 30 30 31 ", " 00 \\n00 4d 41\"", "\"odd 5a\""} {
		if !strings.Contains(all, kept) {
			t.Errorf("%q is gone from\n%s", kept, all)
		}
	}
}
