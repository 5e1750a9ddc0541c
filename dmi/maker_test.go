// SPDX-License-Identifier: Apache-2.0

package dmi

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestParseModuleMaker(t *testing.T) {
	for _, tt := range []struct{ code, part, want string }{
		// Two bytes in decimal, cut to two digits.
		{"0215", "CMZ8GX3M2A1600C9", "Corsair"},
		{"0420", "F3-12800CL9-4GBXL", "G Skill Intl"},
		{"0420", "AD73I1C1674EV", "A-DATA Technology"},
		{"1302", "PSD38G16002", "Patriot Memory (PDP Systems)"},
		{"1302", "1600 CL9 Series", "Patriot Memory (PDP Systems)"},
		{"0423", "Team-Elite-1600", "Team Group Inc"},
		{"1311", "M2S8G64CC8HB5N-DI", "Nanya Technology"},
		{"1315", "CT102464BF160B.C16", "Crucial Technology"},
		{"0515", "CT102464BF160B.C16", "Crucial Technology"},
		{"0467", "RMT3170MN68F9F1600", "Ramaxel Technology"},
		{"1438", "TIMETEC-SD3-1600", "Timetec International Inc"},
		{"1319", "KRE-D3U1600M/8G", "Kllisre"},
		{"0114", "SH564128FH8NZPHSCG", "Smart Modular"},
		{"1201", "R538G1601U2S", "AMD"},
		{"0793", "GR1333D364L9/4G", "Wilk Elektronik S.A."},
		{"0711", "PUD31600C118G2VS", "Panram International Corporation"},
		{"0913", "YXS1866C10D3/8G", "Shenzhen Yong Sheng Technology"},
		// The same digits in hexadecimal.
		{"0198", "99U5428-046.A00LF", "Kingston"},
		{"0194", "SF4641G8CK8IEHLSBG", "Smart Modular"},
		{"0198", "", "Kingston"},
		{"0416", "FSFF65F-C8KL9", "Positivo Informatica Ltd"},
		{"8502", "", "Patriot Memory (PDP Systems)"},
		// Nothing decides, or the part number speaks for somebody else.
		{"0215", "", ""},
		{"0420", "", ""},
		{"1315", "", ""},
		{"0913", "HMT351U6EFR8A-PB", ""},
		{"0737", "EWB8GB681PAE-16IC", ""},
		// Nibbles and bytes swapped.
		{"00EC", "M391B5673FH0-CH9", "Samsung"},
		{"00DA", "HMT325U7CFR8C-H9", "SK Hynix"},
		{"00C2", "36JSF1G72PZ-1G4M1", "Micron Technology"},
		{"00EC", "", ""},
		{"0B83", "NT2GC64B88B0NS-CG", "Nanya Technology"},
		// A code that can be read in one way is not doubted for a part number.
		{"80AD000080AD", "M471A1K43DB1-CTD", "SK Hynix"},
		{"80CE", "HMT325U7CFR8C-H9", "Samsung"},
		{"Corsair", "CMZ8GX3M2A1600C9", ""},
		{"21", "CMZ8GX3M2A1600C9", ""},
	} {
		id, ok := ParseModuleMaker(tt.code, tt.part)
		if id.Name != tt.want || ok != (tt.want != "") {
			t.Errorf("ParseModuleMaker(%q, %q) = %q, %v; want %q", tt.code, tt.part, id.Name, ok, tt.want)
		}
	}
}

// TestMakersAreRight checks the names of makers against what the part numbers
// of 28,862 modules say. Some of it no reading can satisfy: the evidence takes
// G.Skill's modules for A-DATA's, and Micron sells its own as Crucial.
func TestMakersAreRight(t *testing.T) {
	data, err := os.ReadFile("testdata/makers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all, agree, contradict int
	for line := range strings.Lines(string(data)) {
		if line[0] == '#' {
			continue
		}
		column := strings.Split(strings.TrimSpace(line), "\t")
		id, _ := ParseModuleMaker(column[0], unhex(column[1]))
		var known, right int
		for _, maker := range strings.Split(column[2], ", ") {
			name, count, _ := strings.Cut(maker, " ")
			n, err := strconv.Atoi(count)
			if err != nil {
				t.Fatal(err)
			}
			known += n
			if isCalled(id.Name, name) {
				right += n
			}
		}
		all += known
		agree += right
		if id.Name != "" {
			contradict += known - right
		}
		if known-right > 5 {
			t.Logf("%s, %s: %q, modules of %s", column[0], column[1], id.Name, column[2])
		}
	}
	a, c := float64(agree)/float64(all), float64(contradict)/float64(all)
	t.Logf("%d modules: %.2f %% agree, %.2f %% contradict", all, 100*a, 100*c)
	if all != 28862 || a < 0.985 || c > 0.013 {
		t.Errorf("of %d modules %.2f %% agree and %.2f %% contradict, want at least 98.5 and at most 1.3", all, 100*a, 100*c)
	}
}

// isCalled reports whether a maker's name in JEP-106 is one of the evidence:
// "G Skill Intl" is "gskill".
func isCalled(name, brand string) bool {
	name = strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(name))
	return strings.Contains(name, brand) || brand == "geil" && strings.HasPrefix(name, "chunwell")
}
