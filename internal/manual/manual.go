// SPDX-License-Identifier: Apache-2.0

// Package manual is the one source of what is said about the audit command: its
// help, its manual page and what a shell completes are made of it.
package manual

import "strings"

// A Command is the audit, or what may stand where its first flag would.
type Command struct {
	Name  string // "" for the audit itself
	Args  string // as in its synopsis, without "audit"
	Short string // what it does, in a few words
	About string // paragraphs
	Flags []Flag // by worth
	Exit  string // what its exit statuses mean
}

// A Flag is an option of a command.
type Flag struct {
	Name   string
	Arg    string   // what it takes, "" for nothing
	About  string   // one sentence without a full stop
	Values []string // those it takes, if they can be listed
}

// Find returns a command by its name.
func Find(name string) *Command {
	for i := range Commands {
		if Commands[i].Name == name {
			return &Commands[i]
		}
	}
	return nil
}

// Formats are the forms of a document, as package render has them.
var Formats = []string{"json", "text", "html", "prometheus", "reanimator"}

// Commands are the audit and the commands beside it.
var Commands = []Command{{
	Args:  "[flags]",
	Short: "what is in this machine, is it well",
	About: `Audit runs the tools that are installed (dmidecode, smartctl, nvme, lspci, ipmitool, nvidia-smi and others), reads what the kernel tells, writes one JSON document and prints a summary. It changes nothing on the machine and sends nothing anywhere. What needs the rights of root is told as not read without them.

The verdict is "ok" only if nothing is wrong and all was read; what was not read is named, and the verdict is "unknown" then. The document goes to /var/log/bee-audit.json; that of a replay is written only where -o says. In another format than JSON it goes to standard output if no -o gives a place. SIGINT and SIGTERM stop an audit; what it knows by then goes beside the document's place, with the ending .interrupted. A replay writes nothing then.`,
	Flags: []Flag{
		{"o", "FILE", "write the document to FILE, - for standard output (default /var/log/bee-audit.json)", nil},
		{"format", "FORMAT", "of the document: " + strings.Join(Formats, ", ") + " (default json)", Formats},
		{"qr", "", "draw a QR code of the summary, with qrencode", nil},
		{"record", "DIR|TGZ", "save all that the tools said as a capture", nil},
		{"replay", "DIR|TGZ", "audit the machine that a capture was made of", nil},
		{"timeout", "DURATION", "for the whole audit, such as 30s (default 2m)", nil},
		{"v", "", "log what could not be read as it happens", nil},
		{"version", "", "print the version and exit", nil},
	},
	Exit: `0 whatever was found or could not be read; 1 if the document could not be written or a capture not be read; 2 if the flags make no sense; 130 or 143 after SIGINT or SIGTERM`,
}, {
	Name:  "diff",
	Args:  "OLD.json NEW.json",
	Short: "what changed between two audits",
	About: `Says by component what was added, removed, moved (the same serial number in another place) and changed from one document to the other. What one of the audits did not read is no change.`,
	Flags: []Flag{
		{"format", "FORMAT", "text or json (default text)", []string{"text", "json"}},
		{"readings", "", "compare also temperatures, hours, watts and the like", nil},
	},
	Exit: `0 the same, 1 different, 2 trouble`,
}, {
	Name:  "parse",
	Args:  "[TOOL [OUTPUT]]",
	Short: "the output of a tool as JSON",
	About: `Reads what a tool printed from standard input and prints it as typed JSON: audit parse nvme id-ctrl < FILE. Without TOOL the output is told by its marks, and what it was taken for is said. What makes no sense is told with its line and column; the rest is printed all the same.`,
	Flags: []Flag{
		{"f", "FILE", "read FILE, - for standard input (default -)", nil},
		{"list", "", "list the tools whose outputs can be read", nil},
	},
	Exit: `0 all was understood, 3 some of it made no sense, 2 no tool was recognised`,
}, {
	Name:  "redact",
	Args:  "CAPTURE OUT",
	Short: "a capture without serial numbers",
	About: `Copies a capture; serial numbers, UUIDs, addresses, asset tags and host names become pseudonyms of the same length. What a tool prints under no key that names an identifier is not seen: look at the result before you give it away.`,
	Flags: []Flag{
		{"key", "TEXT", "the same TEXT gives the same pseudonyms (default a new one each time)", nil},
	},
	Exit: `0 done, 2 trouble`,
}}
