// SPDX-License-Identifier: Apache-2.0

package manual

import (
	"fmt"
	"strings"
)

// Bash is what bash completes.
func Bash() string {
	var b strings.Builder
	b.WriteString("# Made by internal/manual; do not edit.\n_audit() {\n  local cur=$2 flags\n  COMPREPLY=()\n  case ${COMP_WORDS[1]} in\n")
	for _, c := range Commands[1:] {
		fmt.Fprintf(&b, "    %s)\n%s      flags=\"%s\" ;;\n", c.Name, bashValues(&c), flagNames(&c))
	}
	fmt.Fprintf(&b, "    *)\n%s      flags=\"%s\"\n", bashValues(&Commands[0]), flagNames(&Commands[0]))
	fmt.Fprintf(&b, "      [ \"$COMP_CWORD\" != 1 ] || flags+=\" %s\" ;;\n  esac\n", strings.Join(commandNames(), " "))
	b.WriteString(`  if [ "${COMP_WORDS[1]}" = parse ] && [ "$COMP_CWORD" = 2 ]; then
    flags+=" $(audit parse -list 2>/dev/null | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')"
  fi
  mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$cur")
  [[ ${#COMPREPLY[@]} -gt 0 || $cur == -* ]] || mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -o filenames -F _audit audit
`)
	return b.String()
}

// bashValues completes what a flag takes.
func bashValues(c *Command) string {
	var b strings.Builder
	for _, f := range c.Flags {
		if f.Values != nil {
			fmt.Fprintf(&b, "      [ \"$3\" != -%s ] || { mapfile -t COMPREPLY < <(compgen -W \"%s\" -- \"$cur\") && return; }\n", f.Name, strings.Join(f.Values, " "))
		}
	}
	return b.String()
}

func flagNames(c *Command) string {
	var names []string
	for _, f := range c.Flags {
		names = append(names, "-"+f.Name)
	}
	return strings.Join(append(names, "-h"), " ")
}

func commandNames() []string {
	var names []string
	for _, c := range Commands[1:] {
		names = append(names, c.Name)
	}
	return names
}

// Zsh is what zsh completes.
func Zsh() string {
	var b strings.Builder
	b.WriteString("#compdef audit\n# Made by internal/manual; do not edit.\ncase ${words[2]} in\n")
	for _, c := range Commands[1:] {
		fmt.Fprintf(&b, "  %s) shift words; (( CURRENT-- )); _arguments%s '*:file:_files' ;;\n", c.Name, zshFlags(&c))
	}
	var names []string
	for _, c := range Commands[1:] {
		names = append(names, c.Name+`\:`+zshText(c.Short))
	}
	fmt.Fprintf(&b, "  *) _arguments%s '1:command:((%s))' ;;\nesac\n", zshFlags(&Commands[0]), strings.Join(quoted(names), " "))
	return b.String()
}

func quoted(list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = `"` + strings.ReplaceAll(text, `"`, "") + `"`
	}
	return out
}

func zshFlags(c *Command) string {
	var b strings.Builder
	for _, f := range c.Flags {
		action := ""
		switch {
		case f.Values != nil:
			action = ":" + f.Arg + ":(" + strings.Join(f.Values, " ") + ")"
		case f.Arg == "DURATION", f.Arg == "TEXT":
			action = ":" + f.Arg + ": "
		case f.Arg != "":
			action = ":" + f.Arg + ":_files"
		}
		fmt.Fprintf(&b, " \\\n    '-%s[%s]%s'", f.Name, zshText(f.About), action)
	}
	return b.String()
}

func zshText(text string) string {
	return strings.NewReplacer("'", "", "[", "(", "]", ")", ":", ",").Replace(text)
}
