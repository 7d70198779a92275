/** For bash, also the 3.2 of macOS. */
export const BASH_COMPLETION = `# chartlint completion for bash. Load it in ~/.bashrc: source <(chartlint completion bash)
_chartlint() {
  local -a words=()
  local index word glued='' line files
  # Bash splits --option=value at the sign.
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ \${#words[@]} -gt 0 && ( $word == [=:]* || $glued ) ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    if [[ $word == *[=:] ]]; then glued=1; else glued=''; fi
  done
  local current=\${words[\${#words[@]}-1]}
  # What stands before the sign stays as it is.
  local shown=''
  if [[ $current == *[=:]* && \${COMP_WORDS[COMP_CWORD]} != "$current" ]]; then shown=\${current%"\${current##*[=:]}"}; fi
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*) files=\${line#:} ;;
      *)
        line=\${line%%$'\\t'*}
        COMPREPLY+=("\${line#"$shown"}")
        ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete "\${words[@]}" 2>/dev/null)
  local typed=\${current#"$shown"}
  case $files in
    file)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$typed")
      ;;
    folder)
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$typed")
      ;;
  esac
}
complete -F _chartlint chartlint
`;

export const ZSH_COMPLETION = `#compdef chartlint
# chartlint completion for zsh. Load it in ~/.zshrc: source <(chartlint completion zsh)
_chartlint() {
  local line files=nothing
  local -a found described
  while IFS= read -r line; do
    case $line in
      :*) files=\${line#:} ;;
      *)
        found+=("\${line%%$'\\t'*}")
        # A colon ends the word.
        described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
        ;;
    esac
  done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#found} )) && _describe 'chartlint' described
  case $files in
    file) compset -P '*='; _files ;;
    folder) compset -P '*='; _files -/ ;;
    *) (( \${#found} )) ;;
  esac
}
# As a file _chartlint in a folder of $fpath, this is the function itself.
if [[ \${funcstack[1]} == _chartlint ]]; then
  _chartlint "$@"
else
  if ! (( $+functions[compdef] )); then
    autoload -Uz compinit && compinit
  fi
  compdef _chartlint chartlint
fi
`;

export const FISH_COMPLETION = `# chartlint completion for fish. Load it in ~/.config/fish/config.fish: chartlint completion fish | source
function __chartlint_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l unescaped (string unescape -- "$current"); and set current $unescaped
  set -l command $words[1]
  set -l lines ($command __complete $words[2..-1] "$current" 2>/dev/null)
  set -l prefix ''
  if string match -q -- '*=*' "$current"
    set prefix (string replace -r -- '^(.*=).*$' '$1' "$current")
  end
  set -l typed (string sub -s (math (string length -- "$prefix") + 1) -- "$current")
  for line in $lines
    switch $line
      case ':file'
        for path in (__fish_complete_path "$typed")
          echo -- $prefix$path
        end
      case ':folder'
        for path in (__fish_complete_directories "$typed")
          echo -- $prefix$path
        end
      case ':*'
      case '*'
        echo -- $line
    end
  end
end
complete -c chartlint -f -a '(__chartlint_complete)'
`;
