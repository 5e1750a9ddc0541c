// SPDX-License-Identifier: Apache-2.0

package render

import (
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mchus/bee/inventory/report"
)

// A real browser shows the page without a complaint, and at the widths of a
// telephone, a screen and a sheet of paper nothing sticks out of it.
func TestPageInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow")
	}
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip(err)
	}
	long := fullReport(strings.Repeat("M321R8GA0BB0CQKZJ", 8))
	long.PCI = []report.PCIFunction{{Address: "0000:3b:00.0", Device: report.IDName{Name: strings.Repeat("x", 300)}}}
	for name, r := range map[string]*report.Report{"large": largeReport(), "long": long, "hostile": fullReport(`<script>alert(1)</script>` + nasty), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			page, err := AppendHTML(nil, r)
			if err != nil {
				t.Fatal(err)
			}
			widths := []int{400, 794, 1280}
			frames := ""
			for _, w := range widths {
				frames += fmt.Sprintf(`<iframe src="page.html" style="width:%dpx;height:900px;border:0"></iframe>`, w)
			}
			script := `<p id="r"></p><script>onload=()=>{r.textContent=[...document.querySelectorAll("iframe")].map(f=>{d=f.contentDocument;e=d.documentElement;return [d.title.slice(0,60),e.scrollWidth-e.clientWidth,d.scripts.length].join("|")}).join("\n")}</script>`
			for file, text := range map[string]string{"page.html": string(page), "frames.html": "<!DOCTYPE html><meta charset=utf-8>" + frames + script} {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			dom, log := browse(t, dir, "--allow-file-access-from-files", "--dump-dom", "file://"+dir+"/frames.html")
			result := regexp.MustCompile(`(?s)<p id="r">(.*?)</p>`).FindStringSubmatch(dom)
			if result == nil {
				t.Fatalf("no result: %.500s\n%s", dom, log)
			}
			lines := strings.Split(html.UnescapeString(result[1]), "\n")
			for i, line := range lines {
				title, rest, _ := strings.Cut(line, "|")
				if rest != "0|0" || len(lines) != len(widths) {
					t.Errorf("at %d pixels: columns too many and scripts are %s", widths[i], rest)
				}
				if name == "large" && title != "Lab Lab Lab" {
					t.Errorf("title %q", title)
				}
			}
			if strings.Contains(log, "CONSOLE") {
				t.Errorf("the console says: %s", log)
			}
		})
	}
}

// browse runs the browser without a screen.
func browse(t *testing.T, dir string, args ...string) (stdout, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr", "--user-data-dir=" + filepath.Join(dir, "profile")}, args...)
	cmd := exec.CommandContext(ctx, "chromium", args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	return out.String(), errs.String()
}
