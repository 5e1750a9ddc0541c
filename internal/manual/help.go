// SPDX-License-Identifier: Apache-2.0

package manual

import (
	"fmt"
	"strings"
)

// Help is what a command prints for -h: it fits a screen of 80 by 24.
func (c *Command) Help() string {
	var b strings.Builder
	label := "usage: "
	if c.Name == "" {
		for _, command := range Commands {
			fmt.Fprintf(&b, "%-7s%-35s %s\n", label, command.synopsis(), command.Short)
			label = ""
		}
	} else {
		b.WriteString(label + c.synopsis() + "\n" + fill(c.About, 0))
	}
	b.WriteString("\n")
	for _, f := range c.Flags {
		const column = 21
		name := "  -" + strings.TrimSpace(f.Name+" "+f.Arg)
		b.WriteString(name + strings.Repeat(" ", max(1, column-len(name))) + strings.TrimLeft(fill(f.About, column), " "))
	}
	b.WriteString("\n" + fill("Exit status: "+c.Exit+".", 0))
	if c.Name == "" {
		b.WriteString("More: audit COMMAND -h, man audit.\n")
	}
	return b.String()
}

func (c *Command) synopsis() string {
	return strings.Join(strings.Fields("audit "+c.Name+" "+c.Args), " ")
}

// fill breaks text into lines of 79 columns that begin with blanks.
func fill(text string, margin int) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		line := strings.Repeat(" ", margin)
		for i, word := range strings.Fields(paragraph) {
			if i > 0 && len(line)+1+len(word) > 79 {
				b.WriteString(line + "\n")
				line = strings.Repeat(" ", margin)
			}
			if strings.TrimLeft(line, " ") != "" {
				line += " "
			}
			line += word
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
