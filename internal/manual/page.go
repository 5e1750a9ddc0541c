// SPDX-License-Identifier: Apache-2.0

package manual

import (
	"fmt"
	"strings"
)

// Page is the manual page audit(8), in the language of man(7).
func Page() string {
	var b strings.Builder
	b.WriteString(".\\\" Made by internal/manual; do not edit.\n.TH AUDIT 8 2026-11-26 bee \"System Administration\"\n")
	b.WriteString(".SH NAME\naudit \\- say what is in a machine and whether it is well" + "\n.SH SYNOPSIS\n")
	for i, c := range Commands {
		if i > 0 {
			b.WriteString(".br\n")
		}
		fmt.Fprintf(&b, ".B %s\n%s\n", strings.TrimSpace("audit "+c.Name), roff(strings.TrimSpace("[flags] "+strings.TrimPrefix(c.Args, "[flags]"))))
	}
	for _, c := range Commands {
		heading := "DESCRIPTION"
		if c.Name != "" {
			heading = "AUDIT " + strings.ToUpper(c.Name)
		}
		b.WriteString(".SH " + heading + "\n" + strings.Join(paragraphs(c.About), ".PP\n"))
		for _, f := range c.Flags {
			tag := ".B \\-" + roff(f.Name)
			if f.Arg != "" {
				tag = fmt.Sprintf(".BI \"\\-%s \" %s", roff(f.Name), roff(f.Arg))
			}
			b.WriteString(".TP\n" + tag + "\n" + roff(sentence(f.About)) + "\n")
		}
		b.WriteString(".PP\nExit status: " + roff(c.Exit) + ".\n")
	}
	b.WriteString(`.SH FILES
.TP
.I /var/log/bee\-audit.json
The document of this machine, written whole or not at all.
.SH EXAMPLES
.TP
.B audit
Audits this machine; run it as root.
.TP
.B audit \-record capture.tgz
Keeps what the tools said too: the best report of a bug.
.TP
.B audit \-replay capture.tgz \-format html > page.html
A page of another machine.
.TP
.B audit diff monday.json friday.json
What was changed in between.
.TP
.B smartctl \-x /dev/sda | audit parse
One tool's output as JSON.
.SH SEE ALSO
.BR dmidecode (8),
.BR smartctl (8),
.BR nvme (1),
.BR lspci (8),
.BR ipmitool (1)
`)
	return b.String()
}

func paragraphs(text string) []string {
	var list []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		list = append(list, roff(fill(paragraph, 0)))
	}
	return list
}

func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// roff escapes what troff would take for its own.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(text)
	return strings.ReplaceAll(text, "\n.", "\n\\&.")
}
