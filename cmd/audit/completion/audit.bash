# Made by internal/manual; do not edit.
_audit() {
  local cur=$2 flags
  COMPREPLY=()
  case ${COMP_WORDS[1]} in
    diff)
      [ "$3" != -format ] || { mapfile -t COMPREPLY < <(compgen -W "text json" -- "$cur") && return; }
      flags="-format -readings -h" ;;
    parse)
      flags="-f -list -h" ;;
    redact)
      flags="-key -h" ;;
    *)
      [ "$3" != -format ] || { mapfile -t COMPREPLY < <(compgen -W "json text html prometheus reanimator" -- "$cur") && return; }
      flags="-o -format -qr -record -replay -timeout -v -version -h"
      [ "$COMP_CWORD" != 1 ] || flags+=" diff parse redact" ;;
  esac
  if [ "${COMP_WORDS[1]}" = parse ] && [ "$COMP_CWORD" = 2 ]; then
    flags+=" $(audit parse -list 2>/dev/null | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')"
  fi
  mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$cur")
  [[ ${#COMPREPLY[@]} -gt 0 || $cur == -* ]] || mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -o filenames -F _audit audit
