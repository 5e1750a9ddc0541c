// SPDX-License-Identifier: Apache-2.0

// Health runs the rules of package smart over folders of captures, text or JSON,
// and prints how many drives each of them names, split by what the drive itself
// says.
//
//	go run ./health [-list] [-rule CODE] DIR…
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mchus/bee/smart"
)

// What a drive says of itself, the worst first.
var words = []string{"failed", "prefail", "self-test", "nothing bad", "no word"}

func main() {
	list := flag.Bool("list", false, "name the drives that say they are bad, and their verdicts")
	rule := flag.String("rule", "", "show what a rule says of each drive that it names, and whether it is the only one to")
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Args(), *list, *rule); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dirs []string, list bool, rule string) error {
	rules := make(map[string]map[string]int)
	verdicts := make(map[string]map[string]int)
	files := 0
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			dev := parse(data)
			if dev == nil {
				return nil
			}
			files++
			health, said := dev.Health(), word(dev)
			count(verdicts, string(health.Verdict), said)
			for _, code := range codes(health) {
				count(rules, code, said)
			}
			for _, r := range health.Reasons {
				if r.Code == rule {
					fmt.Printf("%-11s  alone=%-5v  %s  %s  %s: %s\n", said, len(health.Reasons) == 1, dev.ModelName, filepath.Base(path), r.Severity, r.Text)
				}
			}
			if list && slices.Contains(words[:3], said) {
				fmt.Printf("%s\t%s\t%s: %s\t%s\t%s\n", said, health.Verdict, dev.ModelFamily, dev.ModelName, filepath.Base(path), strings.Join(codes(health), ", "))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	fmt.Printf("%d drives\n\n", files)
	table("verdict", verdicts)
	fmt.Println()
	table("rule", rules)
	return nil
}

// parse returns the drive of a capture, nil if there is none in it.
func parse(data []byte) *smart.Device {
	if trimmed := bytes.TrimSpace(data); bytes.HasPrefix(trimmed, []byte("{")) || bytes.Contains(data, []byte(`"json_format_version"`)) {
		dev, _ := smart.Parse(data)
		if dev.Tool.ExitStatus == nil && dev.ModelName == "" {
			return nil
		}
		return dev
	}
	text, err := smart.ParseText(data)
	if err != nil || text.Device.ModelName == "" {
		return nil
	}
	return text.Device
}

// word is what a drive says of itself.
func word(dev *smart.Device) string {
	if dev.Passed != nil && !*dev.Passed {
		return words[0]
	}
	if a := dev.ATA; a != nil {
		for i := range a.Attributes {
			if at := &a.Attributes[i]; at.WhenFailed == "now" && at.Flags.Prefail() {
				return words[1]
			}
		}
	}
	if selfTestFailed(dev) {
		return words[2]
	}
	if dev.Passed == nil {
		return words[4]
	}
	return words[3]
}

// selfTestFailed reports whether a log has any failed self-test, whatever came
// after it.
func selfTestFailed(dev *smart.Device) bool {
	if a := dev.ATA; a != nil {
		for _, log := range []*smart.SelfTestLog{a.SelfTestLog, a.ExtendedSelfTestLog} {
			if log != nil && slices.ContainsFunc(log.Tests, func(t smart.SelfTest) bool { return t.Status.Passed != nil && !*t.Status.Passed }) {
				return true
			}
		}
	}
	return dev.SCSI != nil && slices.ContainsFunc(dev.SCSI.SelfTests, func(t smart.SCSISelfTest) bool {
		return t.Result != nil && t.Result.Value >= 3 && t.Result.Value <= 7
	})
}

// codes lists the codes of the reasons with their severity, each once.
func codes(h smart.Health) []string {
	var list []string
	for _, r := range h.Reasons {
		list = append(list, r.Code+" "+string(r.Severity))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func count(to map[string]map[string]int, row, column string) {
	if to[row] == nil {
		to[row] = make(map[string]int)
	}
	to[row][column]++
}

// table prints counts as Markdown.
func table(name string, rows map[string]map[string]int) {
	fmt.Printf("| %s | all | %s |\n|---|--:%s|\n", name, strings.Join(words, " | "), strings.Repeat("|--:", len(words)))
	var names []string
	for name := range rows {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		all, cells := 0, ""
		for _, w := range words {
			all += rows[name][w]
			cells += fmt.Sprintf(" | %d", rows[name][w])
		}
		fmt.Printf("| %s | %d%s |\n", name, all, cells)
	}
}
