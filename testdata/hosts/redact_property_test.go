// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mchus/bee/dmi"
	"github.com/mchus/bee/internal/corpus"
	"github.com/mchus/bee/inventory/host"
	"github.com/mchus/bee/inventory/redact"
)

// These find identifiers in what the tools printed, in another way than package
// redact does.
var (
	rawKey     = regexp.MustCompile(`(?im)(?:serial ?(?:number|no\.?|num)|\bsn|serialnumber|serial_number|serial|uuid|guid|\bwwn|wwid|sas ?address|mac address|nguid|eui64|asset ?tag|naa id|world-wide name|unique id(?:entifier)?)"?[ \t]*[:=][ \t]*"?([A-Za-z0-9._:/-]{6,64})`)
	rawXML     = regexp.MustCompile(`<(?:serial|uuid|chassis_serial_number|cluster_uuid|board_serial|pdi)>([^<]{6,64})<`)
	rawMAC     = regexp.MustCompile(`(?i)(?:^|[^0-9a-f:])((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})(?:$|[^0-9a-f:-])`)
	rawUUID    = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	rawWWN     = regexp.MustCompile(`(?i)0x5[0-9a-f]{15}\b`)
	rawWWNPart = regexp.MustCompile(`"naa":\s*\d+,\s*"oui":\s*\d+,\s*"id":\s*(\d{6,})`)
	rawEUIPart = regexp.MustCompile(`"ext_id":\s*(\d{6,})`)
	rawWWNLast = regexp.MustCompile(`"id":\s*(\d{6,}),\s*"naa"`)
	rawIP      = regexp.MustCompile(`IP Address +: ([0-9.]{7,15})`)
	rawIPv6    = regexp.MustCompile(`(?i)(?:^|[ "\t])((?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4})`)
)

// rawIdentifiers returns the identifiers of six characters or more.
func rawIdentifiers(text string) []string {
	set := make(map[string]bool)
	for _, re := range []*regexp.Regexp{rawKey, rawXML, rawMAC, rawUUID, rawWWN, rawWWNPart, rawEUIPart, rawWWNLast, rawIP, rawIPv6} {
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			id := strings.ToLower(m[len(m)-1])
			if re == rawIPv6 {
				addr, err := netip.ParseAddr(id)
				if err != nil || addr.IsLoopback() || addr.IsMulticast() || addr.IsUnspecified() {
					continue
				}
			}
			if !isFiller(id) {
				set[id] = true
			}
		}
	}
	var list []string
	for id := range set {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

// isFiller tells what is no identifier: placeholders, words, zeros.
func isFiller(id string) bool {
	digits := strings.Trim(id, "0xf:-. ")
	return dmi.IsPlaceholder(id) || dmi.IsPlaceholder(strings.ToUpper(id)) || dmi.IsPlaceholderUUID(id) || len(digits) < 2 || !strings.ContainsAny(id, "0123456789") ||
		len(id) < 6 || strings.HasPrefix(id, "gpu-") && rawUUID.FindString(id) == "" || strings.HasPrefix(id, "127.") || strings.HasPrefix(id, "0.0.")
}

// spellings are the forms of an identifier that must be gone, in lower case.
func spellings(id string) []string {
	forms := []string{id}
	bare := strings.NewReplacer(":", "", "-", "", ".", "", " ", "").Replace(strings.TrimPrefix(id, "0x"))
	if len(bare) >= 8 {
		forms = append(forms, bare)
	}
	even := id[:len(id)&^1]
	swapped := []byte(even)
	for i := 0; i+1 < len(swapped); i += 2 {
		swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
	}
	if string(swapped) != even {
		forms = append(forms, string(swapped))
	}
	for _, spelled := range []string{id, strings.ToUpper(id)} {
		forms = append(forms, hex.EncodeToString([]byte(spelled)))
	}
	if raw, err := hex.DecodeString(bare); err == nil && len(raw) >= 6 {
		if len(raw) == 16 {
			mixed := []byte{raw[3], raw[2], raw[1], raw[0], raw[5], raw[4], raw[7], raw[6]}
			forms = append(forms, hex.EncodeToString(append(mixed, raw[8:]...)))
		}
		if len(raw) == 8 && raw[0]>>4 == 5 {
			n, _ := strconv.ParseUint(bare[7:], 16, 64)
			forms = append(forms, fmt.Sprintf(": %d", n))
		}
	}
	return forms
}

// everything is all that a capture holds, bytes that are kept in base64 too.
func everything(c host.Capture) string {
	var b strings.Builder
	coded := regexp.MustCompile(`"bytes":"([^"]*)"`)
	for name, data := range c {
		b.WriteString(name + "\n" + string(data) + "\n")
		for _, m := range coded.FindAllStringSubmatch(string(data), -1) {
			raw, _ := base64.StdEncoding.DecodeString(m[1])
			b.WriteString(string(raw) + "\n" + hex.EncodeToString(raw) + "\n")
		}
	}
	return strings.ToLower(b.String())
}

// leaks returns the identifiers of a capture that are left in its redaction.
func leaks(original, redacted host.Capture) (ids int, left []string) {
	all := rawIdentifiers(everything(original))
	text := everything(redacted)
	for _, id := range all {
		for _, form := range spellings(id) {
			if strings.Contains(text, form) {
				left = append(left, id+" as "+form)
				break
			}
		}
	}
	return len(all), left
}

// TestRedactLeavesNoIdentifier looks for the identifiers that stand in the
// outputs themselves, of our hosts and cases and of the corpus.
func TestRedactLeavesNoIdentifier(t *testing.T) {
	captures := make(map[string]host.Capture)
	for _, name := range names(t) {
		captures[name] = captured(t, name)
	}
	cases, err := filepath.Glob("../field/*/host.json")
	if err != nil || len(cases) == 0 {
		t.Fatal(err, len(cases))
	}
	for _, path := range cases {
		captures[path] = captured(t, filepath.Dir(path))
	}
	if os.Getenv("BEE_CORPUS") != "" {
		for _, folder := range []string{
			"dmidecode", "smartctl-json", "smartctl-text", "nvme", "lsblk", "lsblk-text", "ipmitool-fru", "ipmitool-lan", "ipmitool-mc", "nvidia-smi-xml",
			"nvidia-smi-text", "nvidia-smi-csv", "storcli", "ssacli", "arcconf", "sasircu", "mdadm", "mstflint", "ethtool", "lspci-vmm", "lspci-other", "mdstat",
		} {
			files := corpus.Files(t, folder)
			for i, f := range files {
				if len(files) > 300 && i%5 > 0 {
					continue
				}
				captures[folder+"/"+f.Name] = host.Capture{"host.json": nil, "tool.stdout": f.Data}
			}
		}
	}
	ids := 0
	for name, original := range captures {
		n, left := leaks(original, redact.Capture(original, []byte("key")))
		ids += n
		if len(left) > 0 {
			t.Errorf("%s: %q", name, left[:min(len(left), 4)])
		}
	}
	t.Logf("%d captures, %d identifiers", len(captures), ids)
}

// The replay of a redacted capture is the original's report with the same
// substitutions.
func TestRedactCommutesWithTheAudit(t *testing.T) {
	paths := names(t)
	cases, err := filepath.Glob("../field/*/host.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range cases {
		paths = append(paths, filepath.Dir(path))
	}
	for _, path := range paths {
		compareRedacted(t, path, captured(t, path))
	}
	if os.Getenv("BEE_CORPUS") == "" {
		return
	}
	for i, f := range corpus.Files(t, "dmidecode") {
		if i%4 == 0 {
			compareRedacted(t, f.Name, host.Capture{
				"host.json":      []byte(`{"schema":"bee.capture/1","times":["2026-01-15T12:00:00Z"]}`),
				"commands.jsonl": []byte(`{"argv":["dmidecode"],"stdout":"dmidecode.stdout"}`), "dmidecode.stdout": f.Data,
			})
		}
	}
}

func compareRedacted(t *testing.T, name string, original host.Capture) {
	t.Helper()
	r := redact.New(original, []byte("key"))
	want, got := comparable(replay(t, original)), comparable(replay(t, r.Capture(original)))
	bad := 0
	for path, value := range want {
		redacted := r.Text(value)
		key := path[strings.LastIndexByte(path, '.')+1:]
		other, ok := got[path]
		switch {
		case ok && (other == redacted || identifying[key] && len(other) == len(value) && len(value) < 12): // a short one, which only its key tells
		case strings.Contains(path, ".attributes[") || strings.Contains(path, ".excerpt"):
		default:
			if bad++; bad < 4 {
				t.Errorf("%s: %s is %q of the redacted capture, want %q (was %q)", name, path, other, redacted, value)
			}
		}
	}
	if len(want) != len(got) {
		t.Errorf("%s: %d values, redacted %d", name, len(want), len(got))
	}
}
