// SPDX-License-Identifier: Apache-2.0

package host

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// Captures outlive versions: a question of another audit is answered by the
// nearest one that was recorded, and that is told.
func TestReplayAnswersTheNearestQuestion(t *testing.T) {
	c := Capture{
		"host.json": []byte(`{"schema":"bee.capture/1"}`),
		"commands.jsonl": []byte(`{"argv":["lsblk","-J","-b","-o","NAME"],"stdout":"a"}
{"argv":["smartctl","-a","-j","-d","sat","/dev/sda"],"stdout":"b"}
{"argv":["smartctl","--scan","-j"],"stdout":"c"}
{"argv":["lspci","-vmmnnD"],"stdout":"d"}
{"argv":["ethtool","-i","eth0"],"stdout":"e"}
{"argv":["storcli64","/call/vall","show","all","nolog"],"stdout":"f"}
{"argv":["sas3ircu","0","display"],"stdout":"g"}
{"argv":["ssacli","controller","all","show","config","detail"],"stdout":"h"}
{"argv":["arcconf","getconfig","1","AL"],"stdout":"i"}
{"argv":["mdadm","-D","/dev/md0"],"stdout":"j"}
{"argv":["MegaCli64","-pdlist","-aall"],"stdout":"k"}
`),
		"a": []byte("a"), "b": []byte("b"), "c": []byte("c"), "d": []byte("d"), "e": []byte("e"),
		"f": []byte("f"), "g": []byte("g"), "h": []byte("h"), "i": []byte("i"), "j": []byte("j"), "k": []byte("k"),
	}
	h, err := Replay(c.FS())
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"lsblk -J -b -o NAME":             "a",
		"lsblk -J -b -o NAME,SERIAL":      "a nearest",
		"lsblk -P -o NAME":                "",
		"smartctl -x -j -d sat /dev/sda":  "b nearest",
		"smartctl -x -j -d scsi /dev/sda": "",
		"smartctl -x -j -d sat /dev/sdb":  "",
		"smartctl --scan-open -j":         "c nearest",
		"lspci -vmmnnkD":                  "d nearest",
		"lspci -vv":                       "",
		"ethtool -i eth0":                 "e",
		"ethtool -P eth0":                 "",

		"storcli64 /cALL/vALL show all J nolog": "f nearest",
		"storcli64 /cALL show all J nolog":      "",
		"storcli /cALL/vALL show all J nolog":   "",
		"sas3ircu 0 DISPLAY":                    "g nearest",
		"sas3ircu 1 DISPLAY":                    "",
		"ssacli ctrl all show config detail":    "h nearest",
		"arcconf GETCONFIG 1 nologs":            "i nearest",
		"arcconf GETSTATUS 1 nologs":            "",
		"mdadm --detail /dev/md0":               "j nearest",
		"mdadm --detail /dev/md1":               "",
		"MegaCli64 -PDList -aALL -NoLog":        "k nearest",
		"MegaCli64 -LdPdInfo -aALL -NoLog":      "",
	} {
		words := strings.Fields(question)
		out, err := h.Run(t.Context(), words[0], words[1:]...)
		got := string(out.Stdout)
		if out.Recorded != nil {
			got += " nearest"
		}
		if got != want || (want == "") != errors.Is(err, exec.ErrNotFound) {
			t.Errorf("%s: %q, %v, want %q", question, got, err, want)
		}
	}
}
